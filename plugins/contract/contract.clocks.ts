import { type Clock, listen, type UseCase, whileWindowServes, windowReturned, workingDates } from '@guichet/sdk';
import { Contract, Obligation } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';
import { daysBetween, monthsLater, REMINDERS, reminderDue } from './contract.rules.ts';
import { notifyAll } from './negotiating.service.ts';
import { settingsOf } from './settings.ts';
import { type ContractRow, drafterOf, follow, notify, sidesOf } from './telling.ts';

const BATCH = 200;
const DAY = 86_400_000;
/** No notice and no setting reaches farther than this many days. */
const HORIZON = 900;
const later = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, date.length);

/** Ids of contracts in some states: the rows are locked in the order of their ids. */
const allInStates = (use: UseCase, states: readonly ContractState[]) =>
  use.on(Contract).selectFrom('plg_contract.contracts').select('id').where('state', 'in', states).orderBy('id').forUpdate();
/** A batch of them, behind one. */
const inStates = (use: UseCase, states: readonly ContractState[], after: string) =>
  allInStates(use, states).where('id', '>', after).limit(BATCH);
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Time to sign that is over. The guards of signing look at it by themselves; this tells people. */
export const signingClock: Clock = {
  name: 'contract.signing',
  description: 'Ends the time to sign of contracts that not all have signed.',
  cron: '*/10 * * * *',
  run: whileWindowServes(async (work) => {
    for (let more = true; more; ) more = await work.perform((use) => endSigning(use));
    return undefined;
  }),
};
/** Whoever could not sign while the window was suspended has the time that was left. */
export const puttingOffSigning = listen(windowReturned, async (use, rest) => {
  const open = allInStates(use, ['SIGNING', 'PART_SIGNED']).select('signing_expires_at');
  for (const { id, signing_expires_at: until } of await open.execute())
    use.on(Contract).change({ id }, { signing_expires_at: until && rest.putOff(until) });
});

async function endSigning(use: UseCase): Promise<boolean> {
  const due = await inStates(use, ['SIGNING', 'PART_SIGNED'], FIRST).where('signing_expires_at', '<=', use.now).execute();
  for (const { id } of due) {
    const row = await use.em.findOneOrFail(Contract, id);
    row.state = 'SIGNING_EXPIRED';
    await follow(use, row, 'SIGNER_CHANGED');
    await notifyAll(use, row, 'SIGNING_OVER');
  }
  return due.length === BATCH;
}

/** What days bring, each morning in the organization's zone: contracts begin, are about to end, and end; what is due is told of. */
export const dayClock: Clock = {
  name: 'contract.days',
  description: 'Moves contracts whose first or last day has come, and reminds of what is due.',
  cron: '10 0 * * *',
  run: async (work) => {
    for (const step of [activate, endAll, warnAll, remindAll])
      for (let after: string | undefined = FIRST; after !== undefined; ) {
        const from: string = after;
        after = await work.perform(async (use) => step(use, await use.service(workingDates).today(use), from));
      }
    return undefined;
  },
};
/** @returns the last of a full batch; undefined where nothing is left */
const next = (rows: readonly { readonly id: string }[]): string | undefined => (rows.length === BATCH ? rows.at(-1)!.id : undefined);

async function activate(use: UseCase, today: string, after: string): Promise<string | undefined> {
  const due = await inStates(use, ['SIGNED'], after).where('starts_on', '<=', today).execute();
  for (const { id } of due) {
    const row = await use.em.findOneOrFail(Contract, id);
    row.state = 'ACTIVE';
    await follow(use, row, 'MOVED');
  }
  return next(due);
}

async function endAll(use: UseCase, today: string, after: string): Promise<string | undefined> {
  const due = await inStates(use, ['ACTIVE', 'EXPIRING', 'RENEWED'], after)
    .where((of) => of.or([of('ends_on', '<', today), of.and([of('ends_early_on', '<', today), of('termination_asked_by', 'is', null)])]))
    .execute();
  for (const { id } of due) await end(use, await use.em.findOneOrFail(Contract, id), today);
  return next(due);
}
async function end(use: UseCase, row: ContractRow, today: string): Promise<void> {
  const isAgreed = !!row.endsEarlyOn && row.endsEarlyOn < today && row.terminationAskedBy === null;
  if (isAgreed) row.state = 'TERMINATED';
  else if (!row.renewsMonths || !row.endsOn) row.state = 'EXPIRED';
  else {
    let { endsOn } = row;
    while (endsOn < today) endsOn = monthsLater(endsOn, row.renewsMonths);
    row.endsOn = endsOn;
    row.state = 'RENEWED';
  }
  await follow(use, row, 'MOVED');
  await notifyAll(use, row, 'ENDED');
}

/** Told before the last day on which notice can be given, not after it. */
async function warnAll(use: UseCase, today: string, after: string): Promise<string | undefined> {
  const { expiringDays } = await settingsOf(use);
  const near = await inStates(use, ['ACTIVE', 'RENEWED'], after).where('ends_on', '<=', later(today, HORIZON)).execute();
  for (const { id } of near) {
    const row = await use.em.findOneOrFail(Contract, id);
    const notice = await use.service(workingDates).addWorkingDays(use, row.endsOn as string, -row.noticeDays);
    if (today < later(notice, -expiringDays)) continue;
    row.state = 'EXPIRING';
    await follow(use, row, 'MOVED');
    await notifyAll(use, row, 'EXPIRING');
  }
  return next(near);
}

async function remindAll(use: UseCase, today: string, after: string): Promise<string | undefined> {
  const due = await use
    .on(Obligation)
    .selectFrom('plg_contract.obligations')
    .select('id')
    .where('done_at', 'is', null)
    .where('due_on', '>=', today)
    .where('due_on', '<=', later(today, REMINDERS[0]))
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute();
  for (const { id } of due) {
    const row = await use.em.findOneOrFail(Obligation, id);
    const days = reminderDue(daysBetween(today, row.dueOn), row.toldDays ?? null);
    const of = await use.em.findOneOrFail(Contract, row.contractId);
    if (days === undefined || !IN_FORCE.has(of.state)) continue;
    row.toldDays = days;
    await notify(use, of, 'OBLIGATION_DUE', row.side === 'OWN' ? drafterOf(of) : [...drafterOf(of), ...(await sidesOf(use, of))]);
  }
  return next(due);
}
const IN_FORCE = new Set<ContractState>(['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED']);
