import { type Issue, invalid, type Message, type UseCase, validationFailed } from '../../sdk/index.ts';
import { kindsOf } from '../fields/index.ts';
import { correctable } from './editing.rules.ts';
import type { Facts, Person, Place } from './engine/flow.types.ts';
import { comesBefore } from './engine/next-steps.ts';
import { whose } from './engine/whose.ts';
import { businessForms, formTasks } from './form.entity.ts';
import { eyesAt } from './form-eyes.service.ts';
import { flowOf } from './form-flow.service.ts';
import { ifHere, ownerOf } from './form-people.service.ts';
import { stopOnceMore } from './form-route.service.ts';
import { type FormRow, goesOf, isThemself } from './form-step.service.ts';
import { formTemplateVersions } from './form-template.entity.ts';
import { actOnTask, type Decided, type HeldTask, holdTask, type TaskGiven } from './task-acts.service.ts';

interface Returning extends TaskGiven {
  readonly to: 'SUBMITTER' | 'HOLDER';
  readonly holderId?: string;
  readonly reason: string;
  readonly fields?: readonly string[];
}

export const holdToReturn = (use: UseCase, given: Returning): Promise<HeldTask> => {
  const { holderId: id } = given;
  return holdTask(use, given, { kind: 'RETURN', ...(id && { person: { field: 'holderId', id } }) });
};

/** Back to an earlier holder, or to the submitter, who is told why and what is to be corrected: that alone, where it is named. @throws ValidationFailed, ApproverNotAllowed */
export async function returnTask(use: UseCase, { taskId, to, reason, fields = [] }: Returning, held: HeldTask): Promise<Decided> {
  if ((to === 'HOLDER') !== (held.person !== undefined))
    throw invalid(['input', 'holderId'], to === 'HOLDER' ? 'REQUIRED' : 'NOT_TAKEN', {
      en: to === 'HOLDER' ? 'Say to whom it is returned.' : 'Leave this out: it goes to the submitter.',
      'zh-CN': to === 'HOLDER' ? '请指定退回给谁。' : '退回给提交人时不应填写此项。',
    });
  if (to === 'HOLDER') {
    if (fields.length) throw invalid(FIELDS, 'NOT_TAKEN', NOTHING_CORRECTED);
    const facts = await wayBack(use, held.form, held.person!);
    return actOnTask(use, held, { kind: 'RETURN', taskId, to: held.person! }, { facts, words: { comment: reason } });
  }
  await refuseGone(use, held.form);
  const asked = [...new Set(fields)];
  if (asked.length) await refuseUncorrectable(use, held.form, fields);
  const words = { comment: reason, correction: { reason, fields: asked } };
  return actOnTask(use, held, { kind: 'RETURN', taskId, to: 'SUBMITTER' }, { words });
}
/** Nobody would hand it in again. What is a contact's is the contact's, whoever handed it in. @throws ValidationFailed */
async function refuseGone(use: UseCase, { contact_id, submitted_by_id, template_id }: FormRow): Promise<void> {
  if (contact_id === null && !(await ifHere(use, submitted_by_id, template_id)))
    throw invalid(['input', 'to'], 'SUBMITTER_GONE', {
      en: 'Whoever handed this in has left: decide otherwise.',
      'zh-CN': '提交人已离职，无法退回补正，请另行处理。',
    });
}
const FIELDS = ['input', 'fields'];
const NOTHING_CORRECTED = {
  en: 'Leave this out: an earlier holder corrects nothing.',
  'zh-CN': '退回给之前的审批人时不应填写此项。',
};

/** What is asked for, whoever handed the form in can do: the fields are of its own version, and theirs. @throws ValidationFailed */
async function refuseUncorrectable(use: UseCase, form: FormRow, names: readonly string[]): Promise<void> {
  const { fields } = await use
    .on(businessForms, formTemplateVersions)
    .selectFrom('form_template_versions')
    .select('fields')
    .where('template_id', '=', form.template_id)
    .where('version', '=', form.template_version)
    .executeTakeFirstOrThrow();
  const kinds = kindsOf(use);
  const faultOf = (name: string): keyof typeof UNCORRECTABLE | undefined => {
    const field = fields.find((one) => one.name === name);
    if (!field) return 'UNKNOWN_FIELD';
    return correctable(field) && kinds.of(field.kind)?.given.length !== 0 ? undefined : 'NOT_THE_SUBMITTERS';
  };
  const issues = names.flatMap((name, i): Issue[] => {
    const code = faultOf(name);
    return code ? [{ path: [...FIELDS, String(i)], code, message: UNCORRECTABLE[code] }] : [];
  });
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
}
const UNCORRECTABLE = {
  UNKNOWN_FIELD: { en: 'The form has no such field.', 'zh-CN': '该表单没有此字段。' },
  NOT_THE_SUBMITTERS: {
    en: 'Whoever handed the form in does not fill this in: they cannot correct it.',
    'zh-CN': '此字段不由提交人填写，无法要求其补正。',
  },
} as const satisfies Record<string, Message>;

/** Where it goes back to: on a fixed route all of that stop is asked again. */
async function wayBack(use: UseCase, form: FormRow, to: Person): Promise<Partial<Facts>> {
  const earlier = await earlierHolders(use, form);
  if (form.stop === null) return { earlier };
  const flow = await flowOf(use, form);
  const reached = new Map([...earlier].filter(([, { stop }]) => !comesBefore(flow, form.stop ?? '', stop ?? '')));
  const had = reached.get(to.id);
  return { earlier: reached, onward: had && (await stopOnceMore(use, form, flow, had.stop)) };
}

/** Who had the form before, each with the place that they were at last. */
async function earlierHolders(use: UseCase, { id }: FormRow): Promise<ReadonlyMap<string, Place>> {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['assignee_id', 'for_id', 'also_for_ids', 'taken_from_id', 'stop', 'slot'])
    .where('form_id', '=', id)
    .where('kind', '=', 'APPROVAL')
    .where('state', 'in', ['DECIDED', 'HANDED_OVER'])
    .orderBy('id')
    .execute();
  const places = rows.map((row) => {
    const place: Place = { stop: row.stop, slot: row.slot, whose: whose(goesOf(row)), themself: isThemself(row) };
    return [row.assignee_id, place] as const;
  });
  return new Map(places.flatMap(([who, place]) => (who ? [[who, place] as const] : [])));
}

/**
 * Whose turn it is again: who decided last, in this way or in any; where they have left, the contact's owner; else whoever claims it. Behind
 * whoever returned it come those who waited for them.
 */
export async function whoseAgain(use: UseCase, form: FormRow, decision?: 'RETURNED'): Promise<NonNullable<Facts['back']>> {
  const last = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['id', 'assignee_id', 'for_id', 'also_for_ids', 'taken_from_id', 'stop', 'slot'])
    .where('form_id', '=', form.id)
    .where('kind', '=', 'APPROVAL')
    .where('state', '=', 'DECIDED')
    .$if(decision !== undefined, (query) => query.where('decision', '=', decision as 'RETURNED'))
    .orderBy('decided_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const waited = last && decision ? await waitedBehind(use, form, last.id) : [];
  const ids = [...new Set([last, ...waited].flatMap((one) => one?.assignee_id ?? []))].sort(); // as everybody locks them
  const here = new Map<string, Person>();
  for (const id of ids) {
    const person = await ifHere(use, id, form.template_id);
    if (person) here.set(id, person);
  }
  const personOf = (id: string | null | undefined): Person | null => here.get(id ?? '') ?? null;
  const found = personOf(last?.assignee_id);
  const had = found && last && { ...found, given: { whose: whose(goesOf(last)), themself: isThemself(last) } };
  const who = had ?? (await ownerOf(use, form.contact_id, form.template_id));
  const behind = waited.map((one) => ({ who: personOf(one.assignee_id), slot: one.slot, whose: whose(goesOf(one)) }));
  const again = had ? { whose: had.given.whose } : {};
  return { who, stop: last?.stop ?? null, slot: last?.slot ?? 0, ...again, behind };
}

/** The same where it comes back to a stop of its route, with whoever has approved before it. */
export async function backOf(use: UseCase, form: FormRow): Promise<Pick<Facts, 'back' | 'approved'>> {
  const back = await whoseAgain(use, form);
  return { back, approved: await eyesAt(use, form, back.stop) };
}

/** Turns that never came, because the form went back: one behind the other. */
async function waitedBehind(use: UseCase, form: FormRow, taskId: string) {
  const rows = await use
    .on(formTasks)
    .selectFrom('form_tasks')
    .select(['id', 'assignee_id', 'for_id', 'also_for_ids', 'slot', 'linked_id'])
    .where('form_id', '=', form.id)
    .where('kind', '=', 'APPROVAL')
    .where('state', '=', 'CANCELLED')
    .where('linked_id', 'is not', null)
    .execute();
  const chain: typeof rows = [];
  for (let at = rows.find((one) => one.linked_id === taskId); at; ) {
    chain.push(at);
    const { id } = at;
    at = rows.find((one) => one.linked_id === id);
  }
  return chain;
}
