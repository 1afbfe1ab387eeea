import {
  ADMIN,
  COLLEAGUE,
  EXTERNAL,
  heldByAll,
  input,
  liveCursor,
  OWNER,
  OWNERS_SUPERVISOR,
  PARTICIPANT,
  type RootFields,
  type SchemaDoor,
  SHAREE,
  sql,
  WINDOW_MEMBER,
} from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import { businessForms, formHistory, formTasks, formTemplates } from './form.entity.ts';
import { companyParticipants, contactParticipants, formRoles, insideRoles, taskRoles } from './form.roles.ts';
import { answersOf } from './form-answers.ts';
import { mayBeAtWindow } from './form-window.ts';
import { declareFormWords } from './form-words.ts';
import { FORM_ASSIGNEE, FORM_CLAIMANT, form, task } from './permissions.ts';

/** Whoever reads what is inside a form has one of these roles toward the form: it needs not be asked again. */
const INSIDERS = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT];

export function formTypes(door: SchemaDoor): void {
  declareFormWords(door);
  declareTemplate(door);
  declareForm(door);
  declareTask(door);
  declareHistory(door);
  door.contributeRole('Contact', contactParticipants);
  door.contributeRole('Company', companyParticipants);
  door.extend('Contact', contacts, (t) => ({
    businessForms: t.connection(
      'BusinessForm',
      businessForms,
      { on: (row, target) => sql`${target.contact_id} = ${row.id}` },
      { description: 'Forms of the contact: those that you may read.', rule: form.ofContact },
    ),
  }));
  door.query(queries);
}

function declareTemplate(door: SchemaDoor): void {
  door.entity('FormTemplate', {
    table: formTemplates,
    description: 'What a form asks for and how it flows.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'), heldByAll(EXTERNAL, ({ traits }) => traits.has(WINDOW_MEMBER))],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: form.templates }),
      name: t.column('name', { description: 'Name.', rule: form.templates }),
      kind: t.column('kind', { description: 'Kind of the forms that it makes.', rule: form.templates }),
      enabled: t.column('enabled', { description: 'Whether it can be submitted now.', rule: form.templates }),
    }),
  });
}

function declareForm(door: SchemaDoor): void {
  door.entityInterface('BusinessForm', {
    table: businessForms,
    kindColumn: 'kind',
    otherwise: 'UnavailableForm',
    description: 'One filled-in form on its way. Plugins add kinds of their own.',
    roles: formRoles,
    listedFor: INSIDERS,
    reachableFor: [...INSIDERS, SHAREE, EXTERNAL],
    filters: {
      state: { compares: 'enum', column: 'state', values: 'BusinessFormState', rule: form.outline, description: 'By state.' },
      customerState: {
        compares: 'enum',
        column: 'customer_state',
        values: 'CustomerFormState',
        rule: form.common,
        description: 'By the state that the customer sees.',
      },
      kind: { compares: 'text', column: 'kind', rule: form.common, description: 'By kind.' },
      submittedAt: { compares: 'instant', column: 'submitted_at', rule: form.common, description: 'By the moment of submission.' },
    },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: form.common }),
      number: t.column('number', {
        description: 'Number, unique in the organization. It tells nothing of how many there are.',
        rule: form.common,
      }),
      kind: t.column('kind', { description: 'Kind of form.', rule: form.common }),
      template: t.relation('FormTemplate', 'template_id', { description: 'The template that it was made from.', rule: form.common }),
      version: t.column('version', { description: 'Raised by every change.', rule: form.outline }),
      state: t.column('state', { type: 'BusinessFormState', description: 'Where it stands.', rule: form.outline }),
      pausedReason: t.column('paused_reason', { description: 'Why it rests, where it does.', rule: form.outline }),
      updatedAt: t.column('updated_at', { description: 'When anything last happened to it.', rule: form.outline }),
      customerState: t.column('customer_state', {
        type: 'CustomerFormState',
        description: 'Where it stands for the customer: never who handles it, or how many.',
        rule: form.common,
      }),
      customerStateSince: t.column('customer_state_since', { description: 'Since when.', rule: form.common }),
      customerVersion: t.column('customer_version', {
        description: 'Raised by the customer’s own acts and changes of the customer state alone.',
        rule: form.common,
      }),
      contact: t.relation('Contact', 'contact_id', { description: 'The contact whose form it is.', rule: form.common }),
      submittedBy: { ...t.relation('Contact', 'contact_id', { description: 'Who submitted it.', rule: form.common }), type: 'Seat' },
      submittedAt: t.column('submitted_at', { description: 'When it was submitted.', rule: form.common }),
      answers: answersOf(t),
      tasks: t.connection(
        'FormTask',
        formTasks,
        { on: (row, target) => sql`${target.form_id} = ${row.id}` },
        { description: 'Its tasks, oldest first.', rule: form.read, order: { by: 'CREATED_AT', direction: 'ASC' }, proves: INSIDERS },
      ),
      history: t.connection(
        'FormHistoryEntry',
        formHistory,
        { on: (row, target) => sql`${target.form_id} = ${row.id}` },
        {
          description: 'What happened to it inside, oldest first.',
          rule: form.read,
          order: { by: 'CREATED_AT', direction: 'ASC' },
          proves: INSIDERS,
        },
      ),
      viewerRoles: t.viewerRoles({ description: 'Your roles toward the form.', rule: form.common }),
      viewerCan: t.sameRow('BusinessFormViewerCan', { description: 'What you may do with the form.', rule: form.common }),
      ...liveCursor(t, { staff: form.outline, portal: form.mine }),
    }),
  });
  door.part(
    'BusinessFormViewerCan',
    'What a seat may do with a form. Whether it can be done now depends on the form’s state as well.',
    businessForms,
    (t) => ({
      confirm: t.permission(form.confirm, { description: 'Confirm receipt, once it is asked for.', rule: form.common }),
      readInside: t.permission(form.read, { description: 'Read tasks and history.', rule: form.common }),
    }),
  );
  door.entityKind('GeneralForm', 'BusinessForm', { value: 'GENERAL', description: 'A form whose template has no kind of its own.' });
  door.entityKind('UnavailableForm', 'BusinessForm', { value: '(unavailable)', description: 'A form whose plugin is not on this server.' });
}

function declareTask(door: SchemaDoor): void {
  door.entity('FormTask', {
    table: formTasks,
    description: 'One person’s turn to act on a form.',
    roles: taskRoles,
    listedFor: [...INSIDERS, FORM_ASSIGNEE, FORM_CLAIMANT],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: task.read }),
      version: t.column('version', { description: 'Raised by every change.', rule: task.read }),
      form: t.one(
        'BusinessForm',
        businessForms,
        { on: (row, target) => sql`${target.id} = ${row.form_id}` },
        { description: 'The form.', rule: task.read, proves: INSIDERS },
      ),
      assignee: t.relation('Employee', 'assignee_id', { description: 'Who holds it; null: it is to be claimed first.', rule: task.read }),
      state: t.column('state', { type: 'FormTaskState', description: 'Where it stands.', rule: task.read }),
      createdAt: t.column('created_at', { description: 'Since when it waits.', rule: task.read }),
      decidedAt: t.column('decided_at', { description: 'When it was decided.', rule: task.read }),
      decision: t.column('decision', { type: 'FormDecision', description: 'What was decided.', rule: task.read }),
      comment: t.column('comment', { description: 'What the holder said. Never shown to the customer.', rule: task.read }),
      earlierDecisions: t.list(
        'FormTask',
        formTasks,
        { on: (row, target) => sql`${target.form_id} = ${row.form_id} and ${target.state} = 'DECIDED' and ${target.id} < ${row.id}` },
        {
          description: 'Decisions on the form before this one, the latest first; at most 4.',
          rule: task.read,
          atMost: 4,
          proves: INSIDERS,
        },
      ),
      viewerRoles: t.viewerRoles({ description: 'Your roles toward the task.', rule: task.read }),
      viewerCan: t.sameRow('FormTaskViewerCan', { description: 'What you may do with the task.', rule: task.read }),
    }),
  });
  door.part('FormTaskViewerCan', 'What a seat may do with a task while it is open.', formTasks, (t) => ({
    decide: t.permission(task.decide, { description: 'Approve or reject.', rule: task.read }),
    claim: t.permission(task.claim, { description: 'Take it: nobody holds it.', rule: task.read }),
  }));
  door.connectionFields('FormTask', formTasks, (t) => liveCursor(t, { staff: task.inbox }));
  door.connectionFields('BusinessForm', businessForms, (t) => liveCursor(t, { staff: form.outline, portal: form.mine }));
}

function declareHistory(door: SchemaDoor): void {
  door.entity('FormHistoryEntry', {
    table: formHistory,
    description: 'One thing that happened to a form inside.',
    roles: insideRoles,
    listedFor: INSIDERS,
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: form.read }),
      kind: t.column('kind', { type: 'FormHistoryKind', description: 'What happened.', rule: form.read }),
      actor: t.relation('Employee', 'actor_id', { description: 'Who did it; null: the customer.', rule: form.read }),
      next: t.one(
        'Employee',
        employees,
        { on: (row, target) => sql`${target.id} = ${row.next_id}` },
        { description: 'Who was picked to go on.', rule: form.read },
      ),
      comment: t.column('comment', { description: 'What was said.', rule: form.read }),
      at: t.column('at', { description: 'When.', rule: form.read }),
    }),
  });
}

const queries = (t: RootFields) => ({
  formTemplates: t.connection('FormTemplate', formTemplates, {
    description: 'Templates of forms.',
    rule: form.templates,
    listedBy: () => [COLLEAGUE, EXTERNAL],
  }),
  businessForm: t.one('BusinessForm', businessForms, {
    description: 'One form, by its id or its number.',
    rule: form.common,
    args: { id: input.optional(input.id('BusinessForm', 'Its global id.')), number: input.optional(input.text('Its number.')) },
    where: (row, { given, id, argument }) =>
      given('id') ? sql`${row.id} = ${id('id', 'BusinessForm')}` : sql`${row.number} = ${argument('number', 'text')}`,
  }),
  businessForms: t.connection('BusinessForm', businessForms, {
    description: 'Forms that you may read.',
    rule: form.list,
    listedBy: () => INSIDERS,
  }),
  myForms: t.connection('BusinessForm', businessForms, {
    description: 'The customer’s own forms.',
    rule: form.mine,
    check: mayBeAtWindow,
    where: (row, { seat }) => sql`${row.contact_id} = ${seat.me}`,
    proves: [EXTERNAL],
  }),
  myTasks: t.connection('FormTask', formTasks, {
    description: 'Your tasks; for admins with FORMS also those that nobody holds.',
    rule: task.inbox,
    args: { state: input.enumValue('FormTaskState', ['OPEN', 'DECIDED', 'HANDED_OVER', 'CANCELLED'], 'Which ones; open ones by default.') },
    argDefaults: { state: 'OPEN' },
    listedBy: () => [FORM_ASSIGNEE, FORM_CLAIMANT],
    where: (row, { argument }) => sql`${row.state} = ${argument('state', 'text')}`,
  }),
});
