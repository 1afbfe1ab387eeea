import { OvertakenError, shared, type UseCase } from '../../sdk/index.ts';
import { organizations } from '../organization/index.ts';
import { contactQuotaReached } from './contact.errors.ts';
import { quotaOf } from './contact.rules.ts';
import { contactQuotas } from './contact-quota.entity.ts';

interface Change {
  readonly places: number;
  /** How many the organization may have, where a place is taken. */
  readonly limit?: number;
}
/** Places that a use case takes and gives back, together: the one row that all who add contacts wait for is locked last and once. */
const quota = shared<Change>('contacts.quota', async (use, changes) => {
  const count = sum(changes);
  const limit = Math.min(...changes.map((change) => change.limit ?? Number.POSITIVE_INFINITY));
  if (count < 0) giveBack(use, -count);
  if (count > 0 && !(await take(use, count, limit))) throw new OvertakenError(contactQuotaReached({ limit }));
});

/**
 * Takes a place for one contact, at the end of the use case. Where others have taken the last ones until then, all is tried again.
 * @throws ContactQuotaReached where there is none now (spec 3.5)
 */
export async function takePlace(use: UseCase): Promise<void> {
  const { used, limit } = await quotaNow(use);
  if (used + sum(use.putOff(quota)) >= limit) throw contactQuotaReached({ limit });
  use.last(quota, { places: 1, limit });
}
/** How many contacts can be added now, beside those for which places were taken already. */
export async function placesLeft(use: UseCase): Promise<{ readonly left: number; readonly limit: number }> {
  const { used, limit } = await quotaNow(use);
  return { left: Math.max(0, limit - used - sum(use.putOff(quota))), limit };
}
/** Takes places that were there a moment ago (`placesLeft`), at the end of the use case. */
export function takePlaces(use: UseCase, places: number, limit: number): void {
  if (places > 0) use.last(quota, { places, limit });
}
/** Gives the place of one contact back: the bin does not count. */
export const givePlaceBack = (use: UseCase): void => use.last(quota, { places: -1 });

const sum = (changes: readonly Change[]): number => changes.reduce((all, { places }) => all + places, 0);

async function quotaNow(use: UseCase): Promise<{ readonly used: number; readonly limit: number }> {
  const { certification, used, limit_override } = await use
    .on(contactQuotas, organizations)
    .selectFrom('organizations')
    .leftJoin('contact_quotas', 'contact_quotas.organization_id', 'organizations.organization_id')
    .select(['certification', 'used', 'limit_override'])
    .executeTakeFirstOrThrow();
  return { used: used ?? 0, limit: limit_override ?? quotaOf(certification) };
}

/** Whoever holds the row's lock is alone with it until the commit, so there is never one contact over. */
async function take(use: UseCase, count: number, limit: number): Promise<boolean> {
  const taken = await use
    .on(contactQuotas)
    .insertInto('contact_quotas')
    .values({ organization_id: use.organizationId, used: count })
    .onConflict((conflict) =>
      conflict
        .column('organization_id')
        .doUpdateSet((of) => ({ used: of('contact_quotas.used', '+', count) }))
        .where((of) => of(of('contact_quotas.used', '+', count), '<=', of.val(limit))),
    )
    .returning('used')
    .executeTakeFirst();
  return taken !== undefined;
}

function giveBack(use: UseCase, count: number): void {
  const quotas = use.on(contactQuotas);
  quotas.send(
    quotas
      .updateTable('contact_quotas')
      .set((of) => ({ used: of.fn('greatest', [of('used', '-', count), of.lit(0)]) }))
      .where('organization_id', '=', use.organizationId),
  );
}
