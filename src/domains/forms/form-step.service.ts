import { type FormKind, formKinds, isServer, knownQuery, type SubmittedForm, type UseCase } from '../../sdk/index.ts';
import { companyTelling } from './company-access/company-telling.ts';
import type { Change, CustomerState, FormNow, FormState, Goes, HistoryKind, Task } from './engine/flow.types.ts';
import { BusinessForm, businessForms, FormHistory, FormParticipant, FormTask, formTasks } from './form.entity.ts';
import { formTopic, type TOLD_COLUMNS, taskTopic } from './form-live.graphql.ts';

// The small steps that every move of a form is made of. Each belongs to the transaction of its use case.

export interface FormRow {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  /** Null: colleagues among themselves. */
  readonly contact_id: string | null;
  /** The company that the contact belonged to when it was handed in. */
  readonly company_id: string | null;
  readonly submitted_by_id: string | null;
  readonly state: FormState;
  readonly customer_state: CustomerState;
  readonly customer_state_since: Date;
  readonly customer_version: number;
  readonly template_id: string;
  readonly template_version: number;
  readonly paused_reason: string | null;
  readonly branched: boolean;
  readonly stop: string | null;
  readonly needs_confirmation: boolean;
  readonly again_from: string | null;
}
export const FORM_COLUMNS = [
  'form.number',
  'form.kind',
  'form.contact_id',
  'form.company_id',
  'form.submitted_by_id',
  'form.state',
  'form.customer_state',
  'form.customer_state_since',
  'form.customer_version',
  'form.template_id',
  'form.template_version',
  'form.paused_reason',
  'form.branched',
  'form.stop',
  'form.needs_confirmation',
  'form.again_from',
] as const;
const formUnderLock = knownQuery({ business_forms: businessForms }, (db, given: { formId: string }) =>
  db
    .selectFrom('business_forms as form')
    .select('form.id')
    .select([...FORM_COLUMNS])
    .where('form.id', '=', given.formId)
    .forNoKeyUpdate(),
);
/** The form, locked: moves of one form take turns. */
export async function lockForm(use: UseCase, formId: string): Promise<FormRow> {
  const [form] = await use.on(BusinessForm).ask(formUnderLock, { formId });
  if (!form) throw new Error('A form whose row was held is gone.');
  return form;
}

const liveTasks = knownQuery({ form_tasks: formTasks }, (db, given: { formId: string }) =>
  db
    .selectFrom('form_tasks')
    .select(['id', 'assignee_id', 'for_id', 'also_for_ids', 'taken_from_id', 'kind', 'state', 'linked_id', 'slot', 'stop'])
    .where('form_id', '=', given.formId)
    .where('state', 'in', ['OPEN', 'WAITING'])
    .orderBy('id')
    .forNoKeyUpdate(),
);
export interface TaskColumns {
  readonly id: string;
  readonly assignee_id: string | null;
  readonly for_id: string | null;
  readonly also_for_ids: readonly string[] | null;
  readonly taken_from_id: string | null;
  readonly kind: Task['kind'];
  readonly state: Task['state'];
  readonly linked_id: string | null;
  readonly slot: number;
  readonly stop: string | null;
}
/** Who had the last turn of theirs given back although somebody stood in for them. */
export const isThemself = ({
  assignee_id,
  for_id,
  taken_from_id,
}: Pick<TaskColumns, 'assignee_id' | 'for_id' | 'taken_from_id'>): boolean =>
  for_id === null && assignee_id !== null && taken_from_id === assignee_id;
/** Who has a turn, and for whom. */
export const goesOf = ({ assignee_id, for_id, also_for_ids }: Pick<TaskColumns, 'assignee_id' | 'for_id' | 'also_for_ids'>): Goes => ({
  holder: assignee_id,
  for: for_id,
  ...(also_for_ids && { alsoFor: also_for_ids }),
});
export const columnsOf = ({ holder, for: for_id, alsoFor = [] }: Goes) => ({
  assignee_id: holder,
  for_id,
  also_for_ids: alsoFor.length ? alsoFor : null,
});
export function taskOf({ id, taken_from_id, kind, state, linked_id, slot, stop, ...goes }: TaskColumns): Task {
  return { id, ...goesOf(goes), takenFrom: taken_from_id, kind, state, linked: linked_id, slot, stop };
}
/** A form as the engine takes it. @param known the task that an act names; where the form never branched, it is the only live one */
export async function formNow(use: UseCase, form: FormRow, known?: Task): Promise<FormNow> {
  const others =
    known && !form.branched
      ? []
      : (await use.on(FormTask).ask(liveTasks, { formId: form.id })).map(taskOf).filter(({ id }) => id !== known?.id);
  return {
    state: form.state,
    customerState: form.customer_state,
    isPaused: form.paused_reason !== null,
    tasks: known ? [known, ...others] : others,
  };
}

/** States of both sides in which nothing moves any more. */
export const ENDS: ReadonlySet<string> = new Set(['COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED']);

export const tellInside = (use: UseCase, formId: string, kind: string, facts: Record<string, unknown>): void =>
  use.emit({ stream: use.organizationId, topic: formTopic, kind, subjectId: formId, facts });
/** The event keeps what the customer is shown of the form: two moves of one moment are told as two, whoever made them. */
export function tellCustomer(use: UseCase, form: FormRow, kind: 'MOVED' | 'COMMENTED' | 'REMINDED' = 'MOVED'): void {
  const { id, contact_id, company_id, customer_state, customer_state_since, customer_version } = form;
  if (contact_id === null) return; // colleagues hear what those inside hear
  const ended_at = ENDS.has(customer_state) ? customer_state_since : null;
  const asOf: Record<(typeof TOLD_COLUMNS)[number], unknown> = { customer_state, customer_state_since, customer_version, ended_at };
  const facts = { customerState: customer_state, asOf };
  use.emit({ stream: contact_id, topic: formTopic, kind, seatId: contact_id, subjectId: id, facts });
  const tell = (readerId: string): void =>
    use.emit({ stream: readerId, topic: formTopic, kind, seatId: readerId, subjectId: id, facts: { ...facts, isOfCompany: true } });
  if (company_id !== null) use.last(companyTelling, { companyId: company_id, contactId: contact_id, tell });
}

export const tellTask = (use: UseCase, taskId: string, kind: string, seatId: string | null): void =>
  use.emit({ stream: use.organizationId, topic: taskTopic, kind, seatId: seatId ?? undefined, subjectId: taskId });

export const addParticipant = (use: UseCase, formId: string, employeeId: string): void =>
  use.on(FormParticipant).add({ form_id: formId, employee_id: employeeId, since: use.now }, 'kept');

/** The employee who acts; null: the contact, or the server. */
export const actorOf = (use: UseCase): string | null => (use.seat.kind === 'EMPLOYEE' && !isServer(use.seat) ? use.seat.id : null);

export function writeHistory(
  use: UseCase,
  formId: string,
  kind: HistoryKind,
  facts: { nextId?: string; comment?: string; forIds?: readonly string[] } = {},
): void {
  use.on(FormHistory).add({
    id: use.newId(),
    form_id: formId,
    kind,
    actor_id: actorOf(use),
    next_id: facts.nextId ?? null,
    for_ids: facts.forIds?.length ? facts.forIds : null,
    comment: facts.comment ?? null,
    at: use.now,
  });
}

/** The customer; among colleagues whoever has handed it in (spec 6.8). */
export const isSubmittingSide = (use: UseCase, { contact_id, submitted_by_id }: FormRow): boolean =>
  use.seat.kind === 'CONTACT' || (contact_id === null && submitted_by_id === use.seat.id);

/** Forms whose template has no kind of its own. */
export const GENERAL: FormKind = { kind: 'GENERAL', type: 'GeneralForm', numberPrefix: 'BF', hasOwnMutation: false };
/** A kind with its hooks; none where its module is not loaded. */
export const kindOf = (use: UseCase, kind: string): FormKind | undefined =>
  [GENERAL, ...use.registered(formKinds)].find((one) => one.kind === kind);
type OfContact = Pick<FormRow, 'id' | 'number'> & { readonly contact_id: string };
/** Kinds of modules are for contacts: what colleagues hand in among themselves is of none. */
export const isOfContact = <Row extends Pick<FormRow, 'contact_id'>>(form: Row): form is Row & OfContact => form.contact_id !== null;
/** What a kind does beside a move. */
export async function runHook(use: UseCase, form: FormRow, { hook, wasApproved }: Extract<Change, { do: 'HOOK' }>): Promise<void> {
  if (isOfContact(form)) await kindOf(use, form.kind)?.[hook]?.(use, { ...submitted(form), wasApproved });
}
/** Whether silence is an answer to a form that its customer has to confirm: its kind may know better. */
export const silenceConfirms = async (use: UseCase, form: FormRow): Promise<boolean> =>
  !isOfContact(form) || ((await kindOf(use, form.kind)?.silenceConfirms?.(use, submitted(form))) ?? true);
export const submitted = ({ id, contact_id, number }: OfContact): SubmittedForm => ({ formId: id, contactId: contact_id, number });
