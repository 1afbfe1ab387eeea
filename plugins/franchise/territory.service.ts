import { invalid, type UseCase } from '@guichet/sdk';
import { type ApplicationRow, Hold } from './application.entity.ts';
import { Territory } from './brand.entity.ts';
import { disclosedElsewhere } from './disclosing.service.ts';
import { franchiseTerritoryNotAvailable } from './franchise.errors.ts';
import { daysLater, freePlace } from './franchise.rules.ts';
import { expectFuture, held, today } from './holding.service.ts';
import { settingsOf } from './settings.ts';

type HoldRow = InstanceType<typeof Hold.class>;

/** Whoever takes a place in a territory waits for whoever is doing so; applications are locked before territories. */
async function lockTerritory(use: UseCase, id: string): Promise<InstanceType<typeof Territory.class>> {
  await use.on(Territory).selectFrom('plg_franchise.territories').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  return use.em.findOneOrFail(Territory, id);
}
/** The place that is kept for an application. */
export const liveHold = (use: UseCase, { id }: ApplicationRow): Promise<HoldRow | null> =>
  use.em.findOne(Hold, { applicationId: id, isLive: true });

/** @returns false where the territory has no place left. @param until null: for good */
async function takePlace(use: UseCase, row: ApplicationRow, territoryId: string, until: string | null): Promise<boolean> {
  const { quota } = await lockTerritory(use, territoryId);
  const taken = await use.em.find(Hold, { territoryId, isLive: true });
  const place = freePlace(
    quota,
    taken.map((one) => one.place),
  );
  if (place === undefined) return false;
  use.em.create(Hold, { territoryId, applicationId: row.id, place, until, isLive: true, createdAt: use.now, endedAt: null });
  await use.em.flush();
  return true;
}
export async function freeHold(use: UseCase, row: ApplicationRow): Promise<void> {
  const hold = await liveHold(use, row);
  if (!hold) return;
  Object.assign(hold, { isLive: false, endedAt: use.now });
  await use.em.flush();
}

/** Keeps a territory until a day; the one that was kept before is let go. @throws FranchiseTerritoryNotAvailable, ValidationFailed */
export async function holdTerritory(
  use: UseCase,
  { franchiseId, territoryId, until }: { readonly franchiseId: string; readonly territoryId: string; readonly until: string },
): Promise<void> {
  const row = await held(use, franchiseId);
  await expectFuture(use, until, ['input', 'until']);
  const { brandId, country } = await use.em.findOneOrFail(Territory, territoryId);
  if (brandId !== row.brandId)
    throw invalid(['input', 'territoryId'], 'OTHER_BRAND', { en: 'It is a territory of another brand.', 'zh-CN': '该区域属于其他品牌。' });
  const before = await liveHold(use, row);
  if (before?.territoryId === territoryId) before.until = until;
  else {
    await freeHold(use, row);
    if (!(await takePlace(use, row, territoryId, until))) throw franchiseTerritoryNotAvailable({}, ['input', 'territoryId']);
  }
  if (row.territoryId !== territoryId) await disclosedElsewhere(use, row, country);
  row.territoryId = territoryId;
}
/** The territory is free again. */
export async function releaseTerritory(use: UseCase, franchiseId: string): Promise<void> {
  const row = await held(use, franchiseId);
  await freeHold(use, row);
  row.territoryId = null;
}

/** The committee agrees: what is not kept yet is kept now. @returns false where the application names no territory, or it has no place left */
export async function keepForProvisional(use: UseCase, row: ApplicationRow): Promise<boolean> {
  const now = await today(use);
  const until = daysLater(now, (await settingsOf(use)).holdDays);
  const hold = await liveHold(use, row);
  if (hold?.until && hold.until >= now) {
    if (hold.until < until) hold.until = until;
    return true;
  }
  await freeHold(use, row);
  return !!row.territoryId && takePlace(use, row, row.territoryId, until);
}
/** The contract is signed: the place is its for good. */
export async function keepForGood(use: UseCase, row: ApplicationRow): Promise<void> {
  const hold = await liveHold(use, row);
  if (hold) hold.until = null;
}
/** Whether a place is kept for it today. */
export async function isKept(use: UseCase, row: ApplicationRow): Promise<boolean> {
  const hold = await liveHold(use, row);
  return !!hold && (!hold.until || hold.until >= (await today(use)));
}
