import { type Clock, filesService, RESULTS_KEPT, RESULTS_KEPT_DAYS, type UseCase } from '../../sdk/index.ts';

const BATCH = 100;

/** What has ended, or never did within twice the time that what has ended is kept. */
const outlived = ({ now }: UseCase) => {
  const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
  return { $or: [{ finishedAt: { $lte: before(RESULTS_KEPT) } }, { finishedAt: null, createdAt: { $lte: before(2 * RESULTS_KEPT) } }] };
};

interface Imports {
  readonly name: string;
  /** Of what: `imports of employees`. */
  readonly called: string;
  readonly cron: string;
  /** What its files hang on: the table that was sent, and what was rejected of it. */
  readonly type: string;
  /** Those that go now, some at a time. */
  find(
    use: UseCase,
    which: ReturnType<typeof outlived>,
    how: { readonly orderBy: { readonly id: 'asc' }; readonly limit: number },
  ): Promise<readonly { readonly id: string }[]>;
}
/** Tables that people sent hold what the organization has by now, or what nobody has mended. */
export const purgeOfImports = (imports: Imports): Clock => ({
  name: imports.name,
  description: `Deletes ${imports.called} that ended ${RESULTS_KEPT_DAYS} days ago, or never did within twice that time, with their files.`,
  cron: imports.cron,
  run: async (work) => {
    for (let gone = BATCH; gone === BATCH; ) gone = await work.perform((use) => purgeSome(use, imports));
    return undefined;
  },
});

/** @returns how many */
async function purgeSome(use: UseCase, { type, find }: Imports): Promise<number> {
  const due = await find(use, outlived(use), { orderBy: { id: 'asc' }, limit: BATCH });
  for (const one of due) use.em.remove(one);
  await use.em.flush(); // they refer to their files
  const ids = due.map(({ id }) => id);
  await use.service(filesService).detachAll(use, type, ids);
  return ids.length;
}
