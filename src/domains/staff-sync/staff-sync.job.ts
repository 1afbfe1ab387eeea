import { z } from 'zod';
import {
  type Clock,
  defineJob,
  JobFailure,
  type JobFault,
  type JobOutcome,
  type JobWork,
  Refusal,
  type StaffDelivery,
  staffSources,
} from '../../sdk/index.ts';
import { staffNumberOf } from './delivery.rules.ts';
import { staffSync } from './permissions.ts';
import { beginSync, SYNC, sourceCalled, syncNow, takeDelivery } from './staff-sync.service.ts';
import { SYNC_FAULTS, type SyncFaultCode } from './sync.faults.ts';

/** Milliseconds that a source has to tell all that it knows. */
const PATIENCE = 5 * 60_000;
/** Of one delivery; the directory is held while they are written. */
const MOST_PEOPLE = 10_000;
/** Told by the job. */
const MOST_FAULTS = 1_000;
/** Milliseconds of the step that writes; people who leave take some. */
const STEP = 180_000;

type SyncWork = JobWork<{ syncId: string }, { isDone: true }>;
const failure = (code: SyncFaultCode): JobFailure => new JobFailure({ code, message: SYNC_FAULTS[code] });

/** Takes the staff from a source outside: what is right of it, once however often the server is killed (spec 10.4). */
export const syncStaff = defineJob({
  name: 'staff-sync.take',
  description: 'Takes the staff from a source outside.',
  adminRight: 'DIRECTORY',
  rule: staffSync.manage,
  input: z.object({ syncId: z.string() }),
  checkpoint: z.object({ isDone: z.literal(true) }),
  patience: STEP,
  run: async (work: SyncWork): Promise<JobOutcome> => {
    if (!work.checkpoint) await sync(work);
    return { type: SYNC, id: work.input.syncId };
  },
});

async function sync(work: SyncWork): Promise<void> {
  const { source, setup } = await work.perform(async (use) => {
    const found = await sourceCalled(use, (await syncNow(use, work.input.syncId)).source);
    return { source: found, setup: await found?.prepare(use) };
  });
  if (!source) throw failure('NO_SUCH_SOURCE');
  if (!setup) throw failure('NOT_SET_UP');
  const signal = AbortSignal.any([work.signal, AbortSignal.timeout(PATIENCE)]);
  const delivery = await orAborted(source.read(setup.asked, signal), signal);
  const total = peopleOf(delivery);
  await work.perform(async (use, keep) => {
    const { faults } = await takeDelivery(use, await syncNow(use, work.input.syncId), { delivery, setup });
    const errors = faults.slice(0, MOST_FAULTS).map(({ row, column, code, message }): JobFault => {
      const number = row && staffNumberOf(delivery.people[row - 1]);
      const path = [...(column && column !== 'staffNumber' && number ? [number] : []), ...(column ? [column] : [])];
      return { row: row ?? null, path, code, message };
    });
    keep({ checkpoint: { isDone: true }, progress: total, total, errors });
  });
}

/** An outage that answers with nothing must not empty a company. @throws JobFailure */
function peopleOf(delivery: StaffDelivery | undefined): number {
  if (!Array.isArray(delivery?.people) || delivery.people.length === 0) throw failure('EMPTY');
  if (delivery.people.length > MOST_PEOPLE) throw failure('TOO_MANY');
  return delivery.people.length;
}

/** A source that never answers keeps nobody waiting past its time. */
const orAborted = <T>(asked: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    asked,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
  ]);

/** Each night every source that the organization has set up is asked. */
export const nightlySync: Clock = {
  name: 'staff-sync.nightly',
  description: 'Takes the staff from each source that the organization has set up.',
  cron: '10 2 * * *',
  run: async (work) => {
    await work.perform(async (use) => {
      for (const { name } of use.registered(staffSources))
        if (await isSetUp(use, name)) use.startJob(syncStaff, { syncId: beginSync(use, name, { isDryRun: false, startedBy: null }) });
    });
    return undefined;
  },
};
async function isSetUp(use: Parameters<typeof sourceCalled>[0], name: string): Promise<boolean> {
  try {
    return await use.inSavepoint(async () => (await (await sourceCalled(use, name))?.prepare(use)) !== undefined);
  } catch (error) {
    return !(error instanceof Refusal); // switched off, or a fault of the plugin, which its own job tells
  }
}
