import { Readable } from 'node:stream';
import {
  COLLEAGUE,
  defineJob,
  defineModule,
  filePurposes,
  filesService,
  JOB_ADMIN,
  JOB_STARTER,
  JobFailure,
  type JobWork,
  jobResults,
  type MadePurpose,
  register,
  rule,
  tenantEntity,
  types,
} from '@guichet/sdk';
import { z } from 'zod';

/** One for each step that was done: a step done twice is there twice. */
const Mark = tenantEntity('plg_tally.marks', (t) => ({ jobId: t.uuid(), step: t.integer(), actorId: t.uuid() }));

const everybody = rule('tally.start', { roles: [COLLEAGUE], description: 'Every employee.' });

/** What the test decides while a job is under way. */
export const course = {
  /** Called in the transaction of each step, when its effects are written. */
  inStep: async (_step: number): Promise<void> => {},
  /** Called between steps. */
  between: async (_step: number, _signal: AbortSignal): Promise<void> => {},
};

const reading = rule('tally.report', { roles: [JOB_STARTER, JOB_ADMIN], description: 'Whoever reads the job.' });
const REPORT = 'TALLY_REPORT';
const reported: MadePurpose = {
  ...{ purpose: REPORT, description: 'What was counted.', madeFor: everybody, most: 1_000, kinds: ['CSV'] },
  readBy: { type: 'Job', rule: reading },
};

/** A file that hangs on the job. */
async function report(work: Pick<JobWork<unknown, never>, 'jobId' | 'perform'>): Promise<{ type: 'File'; id: string }> {
  return work.perform(async (use) => {
    const files = use.service(filesService);
    const { organizationId } = use.seat;
    const bytes = Readable.from([Buffer.from('step\n1\n')]);
    const { fileId } = await files.keep({
      organizationId,
      name: 'steps.csv',
      kind: 'CSV',
      purpose: reported,
      seat: use.seat,
      bytes,
      most: 1_000,
    });
    await files.attach(use, { uploadId: fileId, purpose: REPORT, to: { type: 'Job', id: work.jobId } });
    return { type: 'File', id: fileId };
  });
}

const count = defineJob({
  name: 'tally.count',
  description: 'Leaves one mark a step.',
  adminRight: 'PLUGINS',
  input: z.object({ steps: z.number(), fault: z.string().optional(), shows: z.string().optional() }),
  checkpoint: z.object({ next: z.number() }),
  run: async (work) => {
    const { steps, fault } = work.input;
    for (let step = work.checkpoint?.next ?? 1; step <= steps; step++) {
      await course.between(step, work.signal);
      await work.perform(async (use, keep) => {
        use.em.create(Mark, { jobId: work.jobId, step, actorId: use.seat.id });
        keep({ checkpoint: { next: step + 1 }, progress: step, total: steps, message: `step ${step}` });
        await use.em.flush();
        await course.inStep(step);
      });
      if (fault === 'rows')
        await work.perform(async (_, keep) => keep({ errors: [{ row: step, path: ['name'], code: 'BLANK', message: 'No name.' }] }));
      if (fault === 'ends') throw new JobFailure({ code: 'TALLY_FULL', message: 'It is full.' });
    }
    if (fault === 'shows file') return report(work);
    if (fault === 'shows seat') return { type: 'Employee', id: work.input.shows! };
    return { type: 'TallyOutcome', values: { counted: steps, note: 'Done \u0001 "well".' } };
  },
});

/** A plugin with one kind of job, and a mutation that starts it. */
export const tallyPlugin = defineModule({
  name: 'tally',
  version: '1.0.0',
  description: 'Counts, for tests.',
  guichet: '^0.1.0',
  needs: ['jobs', 'files'],
  entities: [Mark],
  migrations: [
    {
      name: '0001-initial',
      sql: `create schema plg_tally;
grant usage on schema plg_tally to guichet_app;
create table plg_tally.marks (organization_id uuid not null, id uuid not null, job_id uuid not null, step integer not null, actor_id uuid not null,
  primary key (organization_id, id), foreign key (organization_id) references organizations (organization_id));
alter table plg_tally.marks enable row level security;
alter table plg_tally.marks force row level security;
create policy marks_organization on plg_tally.marks to guichet_app using (organization_id = (select current_setting('guichet.organization')::uuid)) with check (organization_id = (select current_setting('guichet.organization')::uuid));
grant select, insert, update, delete on plg_tally.marks to guichet_app;`,
    },
  ],
  rules: [everybody, reading],
  jobs: [count],
  clocks: [
    {
      name: 'tally.nightly',
      description: 'Leaves one mark a night.',
      cron: '30 3 * * *',
      run: async (work) => {
        await work.perform(async (use) => void use.em.create(Mark, { jobId: work.jobId, step: 0, actorId: use.seat.id }));
        return undefined;
      },
    },
  ],
  registrations: [
    register(filePurposes, reported),
    register(jobResults, { type: 'TallyOutcome' }),
    register(jobResults, { type: 'Employee' }),
  ],
  types: (builder) => {
    builder.objectRef<{ counted: number; note: string }>('TallyOutcome').implement({
      description: 'What was counted.',
      fields: (t) => ({
        counted: t.exposeInt('counted', { description: 'How many steps.', rule: everybody }),
        note: t.exposeString('note', { description: 'A remark.', rule: everybody }),
      }),
    });
    builder.useCase('tallyStart', {
      description: 'Starts a count.',
      rule: everybody,
      doesOnce: true,
      input: (t) => ({
        steps: t.int({ required: true, description: 'How many steps.' }),
        fault: t.text({ description: 'What goes wrong.', required: false }),
        refused: t.boolean({ description: 'Whether the use case fails after it has started the job.' }),
      }),
      run: async (use, { steps, fault, refused }) => {
        const jobId = use.startJob(count, { steps, fault, shows: use.seat.id });
        if (refused) throw new Error('The use case fails.');
        return { jobId };
      },
      success: (t) => ({ job: t.loaded(types.Job, 'jobId', { description: 'The job.', rule: everybody }) }),
    });
  },
});
