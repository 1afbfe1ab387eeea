import { type Clock, filesService, RESULTS_KEPT, RESULTS_KEPT_DAYS, type UseCase } from '../../sdk/index.ts';
import { ContactImport } from './contact-import.entity.ts';
import { IMPORT } from './import.purposes.ts';

const BATCH = 100;

/** Tables that people sent hold what the organization has by now, or what nobody has mended. */
export const purgeOfImports: Clock = {
  name: 'contact-import.purge',
  description: `Deletes imports of contacts and their rows that ended ${RESULTS_KEPT_DAYS} days ago, or never did within twice that time, with their files.`,
  cron: '0 3 * * *',
  run: async (work) => {
    for (let gone = BATCH; gone === BATCH; ) gone = await work.perform((use) => purgeSome(use));
    return undefined;
  },
};

/** Some at a time. @returns how many */
async function purgeSome(use: UseCase): Promise<number> {
  const before = (milliseconds: number): Date => new Date(use.now.getTime() - milliseconds);
  const due = await use
    .on(ContactImport)
    .selectFrom('contact_imports')
    .select('id')
    .where((of) =>
      of.or([
        of('finished_at', '<=', before(RESULTS_KEPT)),
        of.and([of('finished_at', 'is', null), of('created_at', '<=', before(2 * RESULTS_KEPT))]),
      ]),
    )
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute();
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await use.on(ContactImport).deleteFrom('contact_imports').where('id', 'in', ids).execute();
  await use.service(filesService).detachAll(use, IMPORT, ids);
  return ids.length;
}
