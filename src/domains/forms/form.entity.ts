import { refs, type StoredValues, tenantEntity } from '../../sdk/index.ts';
import type { ValueChange } from './editing.rules.ts';
import { CUSTOMER_STATES, DECISIONS, FORM_EVENTS, FORM_STATES, TASK_KINDS, TASK_STATES } from './engine/flow.words.ts';
import { FormTemplate } from './form-template.entity.ts';

/** Filled-in forms on their way. Modules of kinds keep more beside them. */
export const BusinessForm = tenantEntity(
  'business_forms',
  (t) => ({
    version: t.version(),
    number: t.text(),
    kind: t.text(),
    templateId: t.idOf(() => FormTemplate),
    templateVersion: t.integer(),
    state: t.oneOf(...FORM_STATES),
    pausedReason: t.text().nullable(),
    customerState: t.oneOf(...CUSTOMER_STATES),
    customerStateSince: t.timestamptz(),
    /** Raised by the contact's own acts and changes of the customer state alone: it tells nothing of what happens inside (spec 6.3). */
    customerVersion: t.integer().default(1),
    /** Null: colleagues among themselves (spec 6.8). */
    contactId: t.idOf(() => refs.Contact).nullable(),
    /** The company that the contact belonged to then: whoever reads the forms of a company reads no other's (spec 2.2). */
    companyId: t.uuid().nullable(),
    /** The employee who handed it in, on behalf of the contact or among colleagues (spec 6.12, 6.8). */
    submittedById: t.idOf(() => refs.Employee).nullable(),
    /** It goes, or went, by more than one turn at a time or by a fixed route: whoever moves it looks at all its turns and at its flow. */
    branched: t.boolean().default(false),
    /** Where it stands on a fixed route; null: approvers are picked by hand. */
    stop: t.text().nullable(),
    /** On a fixed route: the step from which on it is asked again when it goes on, because values have changed that it stands on. */
    againFrom: t.text().nullable(),
    /** An approver has written something that the customer reads: they confirm it, whatever the template says (spec 6.9). */
    needsConfirmation: t.boolean().default(false),
    /** What is to be corrected, as the customer was told. */
    correctionReason: t.text().nullable(),
    correctionFields: t.json<readonly string[]>().nullable(),
    /** Why it was rejected, as the customer was told. */
    rejectionReason: t.text().nullable(),
    /** Of reminders of the customer, by those inside, and by the customer: neither learns from the other's what was done (spec 6.3). */
    remindedAt: t.timestamptz().nullable(),
    customerRemindedAt: t.timestamptz().nullable(),
    /** Of servers of 0.1, by the names of fields; taken away in a later version. */
    answers: t.json<Readonly<Record<string, unknown>>>().defaultRaw(`'{}'`),
    /** Values by the ids of the template's fields, for both sides (spec 6.9). */
    fieldValues: t.json<StoredValues>().defaultRaw(`'{}'`),
    /** Values of fields that those inside alone read: a column of their own, which nothing that is the customer's touches. */
    staffValues: t.json<StoredValues>().defaultRaw(`'{}'`),
    submittedAt: t.timestamptz(),
    updatedAt: t.timestamptz(),
    /** When it came to its end; null: it is on its way. */
    endedAt: t.timestamptz().nullable(),
  }),
  {
    checks: { business_forms_of_somebody: 'contact_id is not null or submitted_by_id is not null' },
    indexes: {
      business_forms_number: { columns: ['number'], unique: true },
      business_forms_contact: { columns: ['contactId', '-id'] },
      business_forms_company: { columns: ['companyId', '-id'], where: 'company_id is not null' },
      business_forms_submitter: { columns: ['submittedById', '-id'], where: 'submitted_by_id is not null' },
      business_forms_state: { columns: ['state', '-id'] },
      business_forms_kind: { columns: ['kind', '-id'] },
      business_forms_template: { columns: ['templateId', '-id'] },
      business_forms_submitted: { columns: ['submittedAt', 'id'] },
      business_forms_ended: { columns: ['endedAt', 'id'], where: 'ended_at is not null' },
      business_forms_undated: { columns: ['id'], where: `ended_at is null and state in ('COMPLETED', 'REJECTED', 'WITHDRAWN', 'ENDED')` },
      business_forms_untyped: { columns: ['id'], where: `answers <> '{}' and field_values = '{}'` },
    },
  },
);

/** What forms are found and sorted by of their values, in the order of bytes; and the employees whom values name. */
export const FormValue = tenantEntity(
  'form_values',
  (t) => ({
    formId: t.idOf(() => BusinessForm, 'cascade').primary(),
    /** Name of the field. */
    field: t.bytewiseText().primary(),
    /** Values may have several terms, such as choices. */
    nth: t.integer().primary(),
    term: t.bytewiseText().nullable(),
    employeeId: t.idOf(() => refs.Employee).nullable(),
  }),
  { indexes: { form_values_term: { columns: ['field', 'term', '-formId'], where: 'term is not null' } } },
);

/** One person's turn to act on a form. Without an assignee it waits for an admin to claim it. */
export const FormTask = tenantEntity(
  'form_tasks',
  (t) => ({
    version: t.version(),
    formId: t.idOf(() => BusinessForm),
    assigneeId: t.idOf(() => refs.Employee).nullable(),
    state: t.oneOf(...TASK_STATES),
    createdAt: t.timestamptz(),
    decidedAt: t.timestamptz().nullable(),
    decision: t.oneOf(...DECISIONS).nullable(),
    comment: t.text().nullable(),
    kind: t.oneOf(...TASK_KINDS).default('APPROVAL'),
    /** WAITING: the task that comes before it. OPINION: the task for which it was asked. */
    linkedId: t.uuid().nullable(),
    /** Of the people of one slot of a stop, one approval is enough. */
    slot: t.integer().default(0),
    stop: t.text().nullable(),
    /** Of whoever was added: to the turn of which slot, and whether before it. */
    addedTo: t.integer().nullable(),
    addedBefore: t.boolean().nullable(),
    /** Whose turn it would be, where the assignee stands in for somebody (spec 6.10). */
    forId: t.idOf(() => refs.Employee).nullable(),
    /** Whose turns it is besides: the one turn of somebody counts for all in whose places they would have one. */
    alsoForIds: t.json<readonly string[]>().nullable(),
    /** Whose turn it was before somebody handed it over, reassigned it or left: the first of them. */
    takenFromId: t.uuid().nullable(),
    /** OPINION: what was asked. */
    question: t.text().nullable(),
    dueAt: t.timestamptz().nullable(),
    /** When somebody inside reminded its holder last. */
    remindedAt: t.timestamptz().nullable(),
    /** When its clock is looked at next: for the reminder, then when it is due; null: there is nothing more to come. */
    alarmAt: t.timestamptz().nullable(),
  }),
  {
    indexes: {
      form_tasks_assignee: { columns: ['assigneeId', 'state', '-id'] },
      form_tasks_unclaimed: { columns: ['state', '-id'], where: 'assignee_id is null' },
      form_tasks_alarm: { columns: ['alarmAt'], where: "state = 'OPEN' and alarm_at is not null" },
      form_tasks_form: { columns: ['formId', 'id'] },
      form_tasks_handler: { columns: ['assigneeId', '-formId'], where: 'assignee_id is not null' },
    },
  },
);

/** Employees who take part in a form: they keep reading it (spec 2.2). */
export const FormParticipant = tenantEntity(
  'form_participants',
  (t) => ({ formId: t.idOf(() => BusinessForm).primary(), employeeId: t.idOf(() => refs.Employee).primary(), since: t.timestamptz() }),
  { indexes: { form_participants_employee: { columns: ['employeeId', '-formId'] } } },
);

/** What happened to a form, for those inside. */
export const FormHistory = tenantEntity(
  'form_history',
  (t) => ({
    formId: t.idOf(() => BusinessForm),
    kind: t.oneOf(...FORM_EVENTS),
    /** Null where the contact did it, or the server. */
    actorId: t.idOf(() => refs.Employee).nullable(),
    nextId: t.idOf(() => refs.Employee).nullable(),
    /** In whose places the actor did it. */
    forIds: t.json<readonly string[]>().nullable(),
    /** VALUES_CHANGED: what it was and became. An actor of null is the submitter, who corrected it. */
    changes: t.json<readonly ValueChange[]>().nullable(),
    comment: t.text().nullable(),
    at: t.timestamptz(),
  }),
  { indexes: { form_history_form: { columns: ['formId', 'id'] } } },
);

/** What is said across the border: to the customer, and by the customer. What those inside say to each other stands in the history. */
export const FormComment = tenantEntity(
  'form_comments',
  (t) => ({
    formId: t.idOf(() => BusinessForm),
    /** Null: the customer. */
    authorId: t.idOf(() => refs.Employee).nullable(),
    text: t.text(),
    at: t.timestamptz(),
  }),
  { indexes: { form_comments_form: { columns: ['formId', 'id'] } } },
);

export const formComments = FormComment.table;
export const businessForms = BusinessForm.table;
export const formValues = FormValue.table;
export const formTasks = FormTask.table;
export const formParticipants = FormParticipant.table;
export const formHistory = FormHistory.table;
