import type { Clock, UseCase } from '../../sdk/index.ts';
import { holdLinks } from './application-owner.service.ts';
import { joinApplications } from './join-application.entity.ts';
import { changePlaces } from './link-places.service.ts';

const DAY_MS = 86_400_000;
/** Whoever was not let in may ask why for so long. */
const REFUSED_DAYS = 90;
/** Nobody waits for an answer for longer. */
const PENDING_DAYS = 180;

/** Names, numbers and messages of people with whom nothing came of it are not kept. */
export const forgetting: Clock = {
  name: 'joining.forget',
  description: `Deletes applications that were refused ${REFUSED_DAYS} days ago, and those that nobody has decided for ${PENDING_DAYS} days.`,
  cron: '23 3 * * *',
  run: async (work) => {
    await work.perform(forgetOld);
    return undefined;
  },
};

export async function forgetOld(use: UseCase): Promise<void> {
  const before = (days: number): Date => new Date(use.now.getTime() - days * DAY_MS);
  const db = use.on(joinApplications);
  await db.deleteFrom('join_applications').where('state', '=', 'REFUSED').where('decided_at', '<', before(REFUSED_DAYS)).execute();
  const old = await db
    .selectFrom('join_applications')
    .select('link_id')
    .distinct()
    .where('state', '=', 'PENDING')
    .where('applied_at', '<', before(PENDING_DAYS))
    .execute();
  await holdLinks(
    use,
    old.map(({ link_id: id }) => id),
  );
  const gone = await db
    .deleteFrom('join_applications')
    .where('state', '=', 'PENDING')
    .where('applied_at', '<', before(PENDING_DAYS))
    .returning(['link_id', 'phone_proven'])
    .execute();
  for (const { link_id: id, phone_proven: heldPlace } of gone) if (heldPlace) await changePlaces(use, id, -1);
}
