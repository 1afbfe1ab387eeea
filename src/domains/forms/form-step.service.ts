import { type FormKind, type FormMove, formKinds, formMoved, isServer, RAISED, type SubmittedForm, type UseCase } from '../../sdk/index.ts';
import { BusinessForm, type CustomerState, type FormEvent, FormHistory, FormParticipant, type FormState, FormTask } from './form.entity.ts';
import { formTopic, type TOLD_COLUMNS, taskTopic } from './form-live.graphql.ts';

// The small steps that every move of a form is made of. Each belongs to the transaction of its use case.

export interface FormRow {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly contact_id: string;
  readonly state: FormState;
  readonly customer_state: CustomerState;
  readonly customer_version: number;
  readonly template_id: string;
  readonly template_version: number;
}
/** The form, locked: moves of one form take turns. */
export const lockForm = (use: UseCase, formId: string): Promise<FormRow> =>
  use
    .on(BusinessForm)
    .selectFrom('business_forms')
    .select(['id', 'number', 'kind', 'contact_id', 'state', 'customer_state', 'customer_version', 'template_id', 'template_version'])
    .where('id', '=', formId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();

export async function setState(use: UseCase, form: FormRow, state: FormState, move: FormMove): Promise<void> {
  use.on(BusinessForm).change({ id: form.id }, { state, version: RAISED, updated_at: use.now });
  tellInside(use, form.id, move, { customerState: form.customer_state });
  await use.announce(formMoved({ formId: form.id, contactId: form.contact_id, kind: form.kind, move }));
}

/** What the customer is told, and when: never who or how many acted (spec 6.3). */
export function setCustomerState(use: UseCase, form: FormRow, customerState: CustomerState): FormRow {
  if (form.customer_state === customerState) return form;
  const now: FormRow = { ...form, customer_state: customerState, customer_version: form.customer_version + 1 };
  const told = { customer_state: customerState, customer_state_since: use.now, customer_version: now.customer_version }; // the row is locked
  use.on(BusinessForm).change({ id: form.id }, told);
  tellCustomer(use, now);
  return now;
}

export const tellInside = (use: UseCase, formId: string, kind: string, facts: Record<string, unknown>): void =>
  use.emit({ stream: use.organizationId, topic: formTopic, kind, subjectId: formId, facts });
/** The event keeps what the customer is shown of the form: two moves of one moment are told as two, whoever made them. */
export function tellCustomer(
  use: UseCase,
  { id, contact_id, customer_state, customer_version }: Pick<FormRow, 'id' | 'contact_id' | 'customer_state' | 'customer_version'>,
): void {
  const asOf: Record<(typeof TOLD_COLUMNS)[number], unknown> = { customer_state, customer_version, customer_state_since: use.now };
  const facts = { customerState: customer_state, asOf };
  use.emit({ stream: contact_id, topic: formTopic, kind: 'MOVED', seatId: contact_id, subjectId: id, facts });
}

/** The first act of anybody inside makes the form in progress for the customer, also when that act ends the inside part. */
export const firstAct = (use: UseCase, form: FormRow): FormRow =>
  form.customer_state === 'RECEIVED' ? setCustomerState(use, form, 'IN_PROGRESS') : form;

/** Gives somebody a turn; without an assignee the task waits for an admin. */
export function openTask(use: UseCase, formId: string, assigneeId: string | null): string {
  const id = use.newId();
  use.on(FormTask).add({ id, form_id: formId, assignee_id: assigneeId, state: 'OPEN', created_at: use.now });
  if (assigneeId) addParticipant(use, formId, assigneeId);
  tellTask(use, id, 'OPENED', assigneeId);
  return id;
}

export const tellTask = (use: UseCase, taskId: string, kind: string, seatId: string | null): void =>
  use.emit({ stream: use.organizationId, topic: taskTopic, kind, seatId: seatId ?? undefined, subjectId: taskId });

export const addParticipant = (use: UseCase, formId: string, employeeId: string): void =>
  use.on(FormParticipant).add({ form_id: formId, employee_id: employeeId, since: use.now }, 'kept');

export function writeHistory(use: UseCase, formId: string, kind: FormEvent, facts: { nextId?: string; comment?: string } = {}): void {
  use.on(FormHistory).add({
    id: use.newId(),
    form_id: formId,
    kind,
    actor_id: use.seat.kind === 'EMPLOYEE' && !isServer(use.seat) ? use.seat.id : null,
    next_id: facts.nextId ?? null,
    comment: facts.comment ?? null,
    at: use.now,
  });
}

/** Forms whose template has no kind of its own. */
export const GENERAL: FormKind = { kind: 'GENERAL', type: 'GeneralForm', numberPrefix: 'BF', hasOwnMutation: false };
/** A kind with its hooks; none where its module is not loaded. */
export const kindOf = (use: UseCase, kind: string): FormKind | undefined =>
  [GENERAL, ...use.registered(formKinds)].find((one) => one.kind === kind);
export const submitted = ({ id, contact_id, number }: FormRow): SubmittedForm => ({ formId: id, contactId: contact_id, number });
