import { boolean, type FormField, integer, json, oneOf, table, text, timestamptz, uuid } from '../../sdk/index.ts';

export const FORM_STATES = [
  'DRAFT',
  'IN_REVIEW',
  'AWAITING_CONFIRMATION',
  'NEEDS_CORRECTION',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'ENDED',
] as const;
export const CUSTOMER_STATES = [
  'DRAFT',
  'RECEIVED',
  'IN_PROGRESS',
  'NEEDS_YOUR_CORRECTION',
  'AWAITING_YOUR_CONFIRMATION',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'ENDED',
] as const;
export const TASK_STATES = ['OPEN', 'DECIDED', 'HANDED_OVER', 'CANCELLED'] as const;
export type FormState = (typeof FORM_STATES)[number];
export type CustomerState = (typeof CUSTOMER_STATES)[number];

/** What a form asks for and how it flows (spec 6.1). */
export const formTemplates = table('form_templates', {
  columns: { name: text(), kind: text(), enabled: boolean().default('true'), current_version: integer(), created_at: timestamptz() },
  indexes: { form_templates_kind: { columns: ['kind', 'id'] } },
});

/** Every publishing is a version; a form keeps the one that it was filled in with. */
export const formTemplateVersions = table('form_template_versions', {
  columns: {
    template_id: uuid().references('form_templates'),
    version: integer(),
    with_confirmation: boolean(),
    fields: json<readonly FormField[]>(),
    published_at: timestamptz(),
  },
  key: ['template_id', 'version'],
});

/** Filled-in forms on their way. Modules of kinds keep more beside them. */
export const businessForms = table('business_forms', {
  columns: {
    version: integer().default('1'),
    number: text(),
    kind: text(),
    template_id: uuid().references('form_templates'),
    template_version: integer(),
    state: oneOf(...FORM_STATES),
    paused_reason: text().nullable(),
    customer_state: oneOf(...CUSTOMER_STATES),
    customer_state_since: timestamptz(),
    /** Raised by the contact's own acts and changes of the customer state alone: it tells nothing of what happens inside (spec 6.3). */
    customer_version: integer().default('1'),
    contact_id: uuid().references('contacts'),
    answers: json<Readonly<Record<string, unknown>>>(),
    submitted_at: timestamptz(),
    updated_at: timestamptz(),
  },
  indexes: {
    business_forms_number: { columns: ['number'], unique: true },
    business_forms_contact: { columns: ['contact_id', '-id'] },
    business_forms_state: { columns: ['state', '-id'] },
    business_forms_kind: { columns: ['kind', '-id'] },
  },
});

/** One person's turn to act on a form. Without an assignee it waits for an admin to claim it. */
export const formTasks = table('form_tasks', {
  columns: {
    version: integer().default('1'),
    form_id: uuid().references('business_forms'),
    assignee_id: uuid().nullable().references('employees'),
    state: oneOf(...TASK_STATES),
    created_at: timestamptz(),
    decided_at: timestamptz().nullable(),
    decision: oneOf('APPROVED', 'REJECTED').nullable(),
    comment: text().nullable(),
  },
  indexes: {
    form_tasks_assignee: { columns: ['assignee_id', 'state', '-id'] },
    form_tasks_unclaimed: { columns: ['state', '-id'], where: 'assignee_id is null' },
    form_tasks_form: { columns: ['form_id', 'id'] },
  },
});

/** Employees who take part in a form: they keep reading it (spec 2.2). */
export const formParticipants = table('form_participants', {
  columns: { form_id: uuid().references('business_forms'), employee_id: uuid().references('employees'), since: timestamptz() },
  key: ['form_id', 'employee_id'],
  indexes: { form_participants_employee: { columns: ['employee_id', '-form_id'] } },
});

export const FORM_EVENTS = ['SUBMITTED', 'CLAIMED', 'APPROVED', 'REJECTED', 'CONFIRMATION_ASKED', 'CONFIRMED', 'COMPLETED'] as const;
export type FormEvent = (typeof FORM_EVENTS)[number];

/** What happened to a form, for those inside. */
export const formHistory = table('form_history', {
  columns: {
    form_id: uuid().references('business_forms'),
    kind: oneOf(...FORM_EVENTS),
    /** Null where the contact did it. */
    actor_id: uuid().nullable().references('employees'),
    next_id: uuid().nullable().references('employees'),
    comment: text().nullable(),
    at: timestamptz(),
  },
  indexes: { form_history_form: { columns: ['form_id', 'id'] } },
});
