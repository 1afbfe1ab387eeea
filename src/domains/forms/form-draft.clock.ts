import type { Clock, UseCase } from '../../sdk/index.ts';
import { formDrafts } from './form-draft.entity.ts';
import { KEPT_DAYS } from './form-draft.service.ts';

const BATCH = 1_000;
const DAY = 86_400_000;

/** What nobody has come back to is nobody's any more. */
export const purgeOfDrafts: Clock = {
  name: 'forms.purgeDrafts',
  description: `Deletes drafts of forms that were saved last more than ${KEPT_DAYS} days ago.`,
  cron: '50 3 * * *',
  run: async (work) => {
    for (let gone = BATCH; gone === BATCH; ) gone = await work.perform((use) => purgeSome(use));
    return undefined;
  },
};

async function purgeSome(use: UseCase): Promise<number> {
  const { numDeletedRows } = await use
    .on(formDrafts)
    .deleteFrom('form_drafts')
    .where('id', 'in', (of) =>
      of
        .selectFrom('form_drafts')
        .select('id')
        .where('saved_at', '<', new Date(use.now.getTime() - KEPT_DAYS * DAY))
        .limit(BATCH),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
