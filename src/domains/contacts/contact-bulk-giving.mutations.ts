import { type GuichetBuilder, type InputMaker, invalid, type UseCase, validationFailed } from '../../sdk/index.ts';
import { Department, Employee } from '../directory/index.ts';
import type { BulkAct } from './bulk-act.ts';
import { notYours } from './contact.errors.ts';
import { chosenContacts, contactsGiven } from './contact-bulk.input.ts';
import { type BulkDone, doOrBegin, itemResultsOrJob } from './contact-bulk.results.ts';
import { toEachContact } from './contact-bulk.service.ts';
import { writeContact } from './contact-editing.service.ts';
import { shareContact } from './contact-sharing.service.ts';
import { changeTags, tagsOf, tagsOfContact, withTag } from './contact-tagging.service.ts';
import { contact } from './permissions.ts';
import { Tag } from './tag.refs.ts';

const rule = contact.bulk;
const TAG = ['input', 'tagId'];

interface Tagging {
  readonly tagId: string;
  readonly remove?: boolean;
}
const tagsMany: BulkAct<Tagging> = {
  name: 'tagContacts',
  run: async (use, ids, { tagId, remove = false }) => {
    let [tag]: Awaited<ReturnType<typeof tagsOf>> = [];
    const whenHeld = async () => {
      [tag] = await tagsOf(use, [tagId], TAG);
      return undefined;
    };
    return toEachContact(use, ids, { success: 'TagContactsItemSuccess', rule, whenHeld }, async (id) => {
      const before = await tagsOfContact(use, id);
      const has = before.some((one) => one.id === tagId);
      if (has !== remove) return;
      const after = remove ? before.filter((one) => one.id !== tagId) : withTag(before, tag!);
      if (await changeTags(use, id, before, after, TAG)) writeContact(use, id, {});
    });
  },
};

interface Sharing {
  readonly employeeId?: string | null;
  readonly departmentId?: string | null;
  /** As JSON has it, where a job was given it. */
  readonly until?: Date | string | null;
  readonly reason?: string | null;
}
const sharesMany: BulkAct<Sharing> = {
  name: 'shareContacts',
  run: (use, ids, { employeeId = null, departmentId = null, until = null, reason = null }) =>
    toEachContact(use, ids, { success: 'ShareContactsItemSuccess', rule }, async (contactId) => {
      await shareContact(use, { contactId, employeeId, departmentId, until: until ? new Date(until) : null, reason });
    }),
};

/** Tagging and sharing many contacts at once (spec 3.14). */
export function bulkGivingMutations(builder: GuichetBuilder): void {
  builder.useCase('tagContacts', {
    description:
      'Sets a tag on contacts, which takes the place of the one of its group, or takes it away: admins with the right CONTACTS (spec 3.14).',
    rule,
    doesOnce: true,
    input: (t) => ({
      ...contactsGiven(t),
      tagId: t.globalId(Tag, { description: 'The tag.' }),
      remove: t.flag({ description: 'Whether it is taken away instead.', required: false }),
    }),
    refusals: [notYours],
    guard: async (use, given) => {
      await use.find('Tag', given.tagId, TAG);
      return chosenContacts(use, given);
    },
    run: (use, { tagId, remove }, chosen) => begun(use, chosen, tagsMany, { tagId, remove }),
    success: itemResultsOrJob(builder, 'TagContacts', rule, [notYours, validationFailed]),
  });
  builder.useCase('shareContacts', {
    description: 'Shares contacts with an employee or a department: admins with the right CONTACTS (spec 3.14).',
    rule,
    doesOnce: true,
    input: (t) => ({ ...contactsGiven(t), ...sharee(t) }),
    refusals: [notYours],
    guard: async (use, given) => {
      await findSharee(use, given);
      return chosenContacts(use, given);
    },
    run: (use, { employeeId, departmentId, until, reason }, chosen) => {
      if ('list' in chosen) expectSharee(use, { employeeId, departmentId, until });
      return begun(use, chosen, sharesMany, { employeeId, departmentId, until, reason });
    },
    success: itemResultsOrJob(builder, 'ShareContacts', rule, [notYours, validationFailed]),
  });
}

const begun = <Given extends object>(use: UseCase, chosen: Awaited<ReturnType<typeof chosenContacts>>, act: BulkAct<Given>, given: Given) =>
  doOrBegin(use, chosen, {
    act: act.name,
    given: JSON.parse(JSON.stringify(given)),
    run: async (ids): Promise<BulkDone> => ({ results: await act.run(use, ids, given) }),
  });

const sharee = (t: InputMaker) => ({
  employeeId: t.globalId(Employee, { description: 'The employee; or name a department.', required: false }),
  departmentId: t.globalId(Department, { description: 'The department, with those below it; or name an employee.', required: false }),
  until: t.instant({ description: 'When the shares end by themselves.', required: false }),
  reason: t.text({ description: 'Why.', required: false, max: 200 }),
});

/** @throws NotFound */
async function findSharee(use: UseCase, { employeeId, departmentId }: Pick<Sharing, 'employeeId' | 'departmentId'>): Promise<void> {
  if (employeeId) await use.find('Employee', employeeId, ['input', 'employeeId']);
  if (departmentId) await use.find('Department', departmentId, ['input', 'departmentId']);
}
/** What is wrong with every contact of a list is told once, before a job begins. @throws ValidationFailed */
function expectSharee(
  use: UseCase,
  { employeeId, departmentId, until }: { employeeId?: string; departmentId?: string; until?: Date },
): void {
  if ((employeeId === undefined) === (departmentId === undefined))
    throw invalid(['input'], 'ONE_SHAREE', { en: 'Name an employee or a department.', 'zh-CN': '请指定一名员工或一个部门。' });
  if (until && until <= use.now)
    throw invalid(['input', 'until'], 'PAST', { en: 'A share ends in the future.', 'zh-CN': '共享的结束时间必须晚于现在。' });
}

export const givingBulkActs: readonly BulkAct[] = [tagsMany, sharesMany];
