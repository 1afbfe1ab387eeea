import { jobTopic, textIn } from '../../sdk/core.ts';
import {
  encodeGlobalId,
  type GuichetBuilder,
  JOB_ADMIN,
  JOB_STARTER,
  type JobFault,
  jobResults,
  liveCursor,
  sql,
  type Text,
  types,
  words,
} from '../../sdk/index.ts';
import { Job, JobViewerCan } from './job.refs.ts';
import { jobRoles } from './job.roles.ts';
import { job } from './permissions.ts';

const rule = job.read;
export const JobStateWords = words('JobState', 'How far a job is.', {
  QUEUED: 'It waits for a server.',
  RUNNING: 'A server is at it.',
  SUCCEEDED: 'It came to its end; what did not come about of it is told in `errors`.',
  FAILED: 'It ended before its end, for the reasons in `errors`.',
  CANCELLED: 'Somebody ended it. What it had done by then stays.',
});

/** Long work, for whoever started it and for admins. */
export function jobTypes(builder: GuichetBuilder): void {
  builder.words(JobStateWords);
  declareJob(builder);
  builder.connectionFields(Job, (t) => ({ liveCursor: liveCursor(t, { staff: rule }) }));
  builder.queryFields((t) => ({
    job: t.entity(Job, {
      description: 'One job. Null where your seat cannot see it.',
      rule,
      args: { id: t.arg.globalId(Job, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', Job)}`,
    }),
    jobs: t.entityPages(Job, {
      description: 'Jobs that you started, and those that your admin rights reach; newest first.',
      rule,
      listedBy: () => [JOB_STARTER, JOB_ADMIN],
    }),
  }));
  declareLive(builder);
}

function declareJob(builder: GuichetBuilder): void {
  const JobError = builder.objectRef<JobFault>('JobError').implement({
    description: 'Why something of a job, or all of it, did not come about.',
    fields: (t) => ({
      row: t.int({
        nullable: true,
        description: 'Row of the table that was read, as its readers count.',
        rule,
        resolve: ({ row }) => row ?? null,
      }),
      path: t.stringList({
        description: 'Names of what is to blame, such as a column; empty where nothing is.',
        rule,
        resolve: ({ path }) => [...(path ?? [])],
      }),
      code: t.exposeString('code', { description: 'What is wrong, for programs.', rule }),
      message: t.string({
        description: 'What is wrong, for people, in your language.',
        rule,
        resolve: ({ message }, _, { language }) => textIn(message, language),
      }),
    }),
  });
  const results = builder.registered(jobResults);
  const JobResult = builder.unionType('JobResult', {
    description: 'What a job has to show for itself. Modules add theirs: have a default branch.',
    types: () => results.map(({ type }) => type) as never[],
  });
  builder.entity(Job, {
    description: 'Long work that goes on by itself, on whichever server, with the rights of whoever started it.',
    roles: jobRoles,
    listedFor: [JOB_STARTER, JOB_ADMIN],
    filters: {
      kind: { compares: 'text', column: 'kind', rule, description: 'By kind.' },
      state: { compares: 'enum', column: 'state', values: JobStateWords.name, rule, description: 'By how far they are.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      kind: t.column('kind', { description: 'What it does: the module, then the work, such as `directory.importEmployees`.', rule }),
      state: t.column('state', { type: JobStateWords, description: 'How far it is.', rule }),
      progress: t.column('progress', { description: 'How much of it is done, of `total`.', rule }),
      total: t.column('total', { description: 'How much there is to do, where that is known.', rule }),
      message: t.field({
        type: 'String',
        nullable: true,
        description: 'What it is at, for people, in your language; of one that has failed, why.',
        rule,
        needs: ['message', 'says'],
        resolve: ({ message, says }, _, { language }) => (says ? textIn(says as Text, language) : message),
      }),
      result: t.member(JobResult, 'result', {
        description: 'What it has to show for itself, where it has come to its end.',
        rule,
        proves: (type) => results.find((one) => one.type === type)?.proves,
      }),
      errors: t.field({
        type: [JobError],
        description: 'What did not come about, and why.',
        rule,
        needs: ['errors'],
        resolve: ({ errors }) => [...(errors as readonly JobFault[])],
      }),
      createdAt: t.column('created_at', { description: 'When it was started.', rule }),
      startedAt: t.column('started_at', { description: 'When a server first took it up.', rule }),
      finishedAt: t.column('finished_at', { description: 'When it ended.', rule }),
      cancelRequestedAt: t.column('cancel_requested_at', { description: 'When somebody asked for its end.', rule }),
      startedBy: t.relation(types.Employee, 'started_by', { as: 'Seat', description: 'Who started it.', rule }),
      viewerCan: t.sameRow(JobViewerCan, { description: 'What you may do with it.', rule }),
      liveCursor: liveCursor(t, { staff: rule }),
    }),
  });
  builder.entityPart(JobViewerCan, {
    description: 'What a seat may do with a job while it has not ended.',
    fields: (t) => ({ cancel: t.permission(job.cancel, { description: 'End it before its end.', rule }) }),
  });
}

function declareLive(builder: GuichetBuilder): void {
  builder.live('job', {
    description: 'One job, live, for whoever may see it.',
    rule,
    topic: jobTopic,
    event: 'JobEvent',
    eventDescription: 'A job was taken up, went on or ended.',
    args: (t) => ({ id: t.globalId(Job, { description: 'Global id of the job.' }) }),
    about: { type: Job, arg: 'id' },
    stream: ({ organizationId }, { id }) => ({ stream: organizationId, subject: id, payload: ({ subjectId }) => ({ jobId: subjectId }) }),
    fields: (t) => ({
      jobId: t.id({
        description: 'Id of the job, also where you can no longer read it.',
        rule,
        resolve: ({ jobId }) => encodeGlobalId('Job', jobId),
      }),
      job: t.loaded(Job, 'jobId', { description: 'The job as it is now; null where you can no longer read it.', rule }),
    }),
  });
}
