import { type Clock, listen, windowReturned, windowTime } from '@guichet/sdk';
import { Application, Hold } from './application.entity.ts';
import { APPLICANTS_TURN } from './application.moves.ts';
import { BATCH, type Batch, next } from './batch.rules.ts';
import { OpeningTask } from './closing.entity.ts';
import { beginOpening } from './contracting.service.ts';
import { expireDocuments, remindOfDocuments } from './document.clock.ts';
import { endApplication } from './ending.service.ts';
import { daysLater } from './franchise.rules.ts';
import { held, lockIn, today } from './holding.service.ts';
import { purgeSome } from './retention.service.ts';
import { settingsOf } from './settings.ts';
import { notify, notifyBoth, recruiterOf } from './telling.ts';

const DAY = 86_400_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Days before something is due when people are told. */
const NOTICE_DAYS = 3;

/** What days bring, each morning in the organization’s zone. */
export const dayClock: Clock = {
  name: 'franchise.days',
  description: 'Ends what applicants were silent about, keeps of territories and days to rescind that are over; tells of what is due.',
  cron: '20 0 * * *',
  run: async (work) => {
    for (const step of [lapse, endHolds, endCoolingOff, expireDocuments, remindOfDocuments, remindOfTasks, purgeSome])
      for (let after: string | undefined = FIRST; after !== undefined; ) {
        const from: string = after;
        after = await work.perform(async (use) => step(use, await today(use), from));
      }
    return undefined;
  },
};

/** Ids that are due, behind one. Each row is locked, and looked at again, before anything is done to it. */
const lapse: Batch = async (use, _, after) => {
  const { silenceDays } = await settingsOf(use);
  const served = await use.service(windowTime).served(use);
  if (!served) return undefined;
  const since = served.ago(silenceDays * DAY);
  const due = await use
    .on(Application)
    .selectFrom('plg_franchise.applications')
    .select('id')
    .where('waiting_since', '<=', since)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id } of due) {
    const row = await lockIn(use, id, [...APPLICANTS_TURN]);
    if (!row?.waitingSince || row.waitingSince > since) continue;
    await endApplication(use, row, 'LAPSED');
    await notifyBoth(use, row, 'ENDED');
  }
  return next(due);
};

const endHolds: Batch = async (use, now, after) => {
  if (!(await use.service(windowTime).served(use))) return undefined;
  const due = await use
    .on(Hold)
    .selectFrom('plg_franchise.holds')
    .select(['id', 'application_id'])
    .where('is_live', '=', true)
    .where('until', '<', now)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id, application_id: of } of due) {
    await use.on(Application).selectFrom('plg_franchise.applications').select('id').where('id', '=', of).forUpdate().execute();
    const hold = await use.em.findOneOrFail(Hold, id);
    if (!hold.isLive || !hold.until || hold.until >= now) continue;
    Object.assign(hold, { isLive: false, endedAt: use.now });
    await use.em.flush();
    const row = await held(use, of);
    await notify(use, row, 'HOLD_OVER', await recruiterOf(use, row));
  }
  return next(due);
};

const endCoolingOff: Batch = async (use, now, after) => {
  const due = await use
    .on(Application)
    .selectFrom('plg_franchise.applications')
    .select('id')
    .where('state', '=', 'COOLING_OFF')
    .where('cooling_off_until', '<', now)
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  for (const { id } of due) {
    const row = await lockIn(use, id, ['COOLING_OFF']);
    if (row) await beginOpening(use, row);
  }
  return next(due);
};

const remindOfTasks: Batch = async (use, now, after) => {
  const due = await use
    .on(OpeningTask)
    .selectFrom('plg_franchise.opening_tasks')
    .select('id')
    .where('done_at', 'is', null)
    .where('told_at', 'is', null)
    .where('due_on', '<=', daysLater(now, NOTICE_DAYS))
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute();
  for (const { id } of due) {
    const task = await use.em.findOneOrFail(OpeningTask, id);
    task.toldAt = use.now;
    const row = await held(use, task.applicationId);
    await notify(use, row, 'TASK_DUE', await recruiterOf(use, row));
  }
  return next(due);
};

/** Territories are kept for applicants as many days longer as the window was suspended; days that the law counts go on. */
export const puttingOffHolds = listen(windowReturned, async (use, rest) => {
  const live = use.on(Hold).selectFrom('plg_franchise.holds').select(['id', 'until', 'created_at']).where('is_live', '=', true);
  for (const { id, until, created_at } of await live.orderBy('id').forNoKeyUpdate().execute())
    use.on(Hold).change({ id }, { until: until && rest.putOffDay(until, created_at) });
});
