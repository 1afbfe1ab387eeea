import { type GuichetBuilder, types } from '../../sdk/index.ts';
import { directory, effects, type Foreseen, lastAdmin, rightNotYours } from '../directory/index.ts';
import { refuseLeaving } from './leaving.guard.ts';
import { foreseeLeaving, type Left, letGo } from './leaving.service.ts';
import { transfer } from './permissions.ts';
import { employeeAlreadyLeft } from './transfer.errors.ts';
import { Transfer } from './transfer.refs.ts';

const rule = directory.manage;
/** What the payload is read from; kept with the idempotency key. */
type Reported = Omit<Left, 'transfer'> & Foreseen & { readonly transfer: string | null; readonly employee: string };

const countOf = ({ counts }: Pick<Left, 'counts'>, kind: string): number => counts.find((one) => one.kind === kind)?.count ?? 0;
const inBinOf = ({ counts }: Pick<Left, 'counts'>): number => counts.find(({ kind }) => kind === 'CONTACT')?.inBin ?? 0;
/** Those that whoever goes on finds. */
const contactsOf = (left: Pick<Left, 'counts'>): number => countOf(left, 'CONTACT') - inBinOf(left);
const heirsOf = (left: Reported): { employee: string; count: number }[] => {
  const count = contactsOf(left);
  return left.successorId && count > 0 ? [{ employee: left.successorId, count }] : [];
};

/** Somebody leaves: one mutation, one transaction, one report (spec 3.15). */
export function leavingTypes(builder: GuichetBuilder): void {
  const Report = declareReport(builder);
  builder.useCase('offboardEmployee', {
    description:
      'Lets an employee go: contacts and open tasks go to who is named, else to the supervisor who follows by the rules of spec 3.15, else to nobody; shares, rights and sessions end at once.',
    rule,
    doesOnce: true,
    input: (t) => ({
      employeeId: t.globalId(types.Employee, { description: 'Who leaves.' }),
      successorId: t.globalId(types.Employee, {
        description: 'Who goes on with contacts and tasks; without it, whom the rules of succession find.',
        required: false,
      }),
      dryRun: t.flag({ description: 'True: says what would come of it, and changes nothing.', required: false }),
    }),
    refusals: [employeeAlreadyLeft, lastAdmin, rightNotYours],
    guard: (use, given) => refuseLeaving(use, given),
    run: async (use, { dryRun, ...given }): Promise<Reported> => {
      const employee = given.employeeId;
      if (!dryRun) return { ...(await letGo(use, given)), employee, effects: null };
      return { ...(await foreseeLeaving(use, given)), transfer: null, employee };
    },
    success: (t) => ({
      ...effects(t),
      report: t.field({ type: Report, description: 'What came of it, or would.', rule, resolve: (left) => left }),
      transfer: t.loaded(Transfer, 'transfer', {
        description: 'What changed hands, one by one; null where it was only tried, and where you cannot see it.',
        rule: transfer.read,
      }),
      employee: t.loaded(types.Employee, 'employee', { description: 'Who left.', rule: directory.read }),
    }),
  });
}

function declareReport(builder: GuichetBuilder) {
  const Heir = builder.payloadType<{ employee: string; count: number }>('LeavingHeir', {
    description: 'Somebody to whom contacts of a leaver went.',
    fields: (t) => ({
      employee: t.loaded(types.Employee, 'employee', { description: 'Who goes on.', rule: directory.read }),
      count: t.exposeInt('count', { description: 'How many contacts they got.', rule }),
    }),
  });
  const Contacts = builder.objectRef<Reported>('LeavingContacts').implement({
    description: 'What became of the contacts of a leaver; those in the bin are counted apart.',
    fields: (t) => ({
      moved: t.int({
        description: 'How many have another owner.',
        rule,
        resolve: (left) => (left.successorId ? contactsOf(left) : 0),
      }),
      unowned: t.int({
        description: 'How many nobody answers for.',
        rule,
        resolve: (left) => (left.successorId ? 0 : contactsOf(left)),
      }),
      inBin: t.int({
        description: 'How many lay in the bin; they change hands as well, and whoever restores one finds it with who goes on.',
        rule,
        resolve: inBinOf,
      }),
      toEmployees: t.field({ type: [Heir], description: 'Who got how many.', rule, resolve: heirsOf }),
    }),
  });
  const Count = builder.objectRef<{ kind: string; count: number }>('LeavingCount').implement({
    description: 'How much of one kind a leaver had.',
    fields: (t) => ({
      kind: t.exposeString('kind', {
        description: '`CONTACT`, `SHARE`, `SHARE_REQUEST`, `TASK`; plugins’ kinds carry their prefix.',
        rule,
      }),
      count: t.exposeInt('count', { description: 'How many.', rule }),
    }),
  });
  return builder.objectRef<Reported>('LeavingReport').implement({
    description: 'What becomes of what a leaver had.',
    fields: (t) => ({
      contacts: t.field({ type: Contacts, description: 'Contacts that they answered for.', rule, resolve: (left) => left }),
      tasks: t.int({
        description: 'Open tasks that went to who goes on, or wait to be claimed.',
        rule,
        resolve: (left) => countOf(left, 'TASK'),
      }),
      shares: t.int({ description: 'Shares in person that ended.', rule, resolve: (left) => countOf(left, 'SHARE') }),
      sessions: t.exposeInt('sessions', { description: 'Sessions that ended.', rule }),
      rights: t.field({
        type: ['EndedRight' as never],
        description: 'Admin rights that ended, and those that nobody holds then.',
        rule,
        resolve: ({ rights = [] }) => rights as never,
      }),
      unsupervised: t.stringList({
        description: 'Names of departments that nobody supervises then.',
        rule,
        resolve: ({ unsupervised = [] }) => [...unsupervised],
      }),
      kinds: t.field({
        type: [Count],
        description: 'Everything that changed hands or ended, by kind, what plugins keep too.',
        rule,
        resolve: ({ counts }) => [...counts],
      }),
    }),
  });
}
