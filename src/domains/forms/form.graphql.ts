import {
  ADMIN,
  type EntityFields,
  EXTERNAL,
  type GuichetBuilder,
  liveCursor,
  OWNER,
  OWNERS_SUPERVISOR,
  PARTICIPANT,
  type RowHandle,
  SHAREE,
  type Sql,
  sql,
  valueFrom,
} from '../../sdk/index.ts';
import { Company, Contact, contacts } from '../contacts/index.ts';
import { Employee, type employees } from '../directory/index.ts';
import { byValues } from '../fields/index.ts';
import { type businessForms, formTasks, formValues } from './form.entity.ts';
import {
  BusinessForm,
  BusinessFormViewerCan,
  FormHistoryEntry,
  FormTask,
  FormTemplate,
  GeneralForm,
  UnavailableForm,
} from './form.refs.ts';
import { companyParticipants, contactParticipants, formRoles } from './form.roles.ts';
import { answersOf } from './form-answers.ts';
import { templateTypes } from './form-template.graphql.ts';
import { formViewerCan } from './form-viewer-can.graphql.ts';
import { mayBeAtWindow } from './form-window.ts';
import { BusinessFormState, CustomerFormState, FormTaskState } from './form-words.ts';
import { FORM_ASSIGNEE, FORM_CLAIMANT, FORM_COMPANY_READER, form, task } from './permissions.ts';
import { taskTypes } from './task.graphql.ts';

/** Whoever reads what is inside a form has one of these roles toward the form: it needs not be asked again. */
const INSIDERS = [ADMIN, OWNER, OWNERS_SUPERVISOR, PARTICIPANT];

export function formTypes(builder: GuichetBuilder): void {
  templateTypes(builder);
  declareForm(builder);
  taskTypes(builder);
  builder.contributeRole(Contact, contactParticipants);
  builder.contributeRole(Company, companyParticipants);
  builder.entityFields(Contact, (t) => ({
    businessForms: t.pages(BusinessForm, {
      on: (row, target) => sql`${target.contact_id} = ${row.id}`,
      description: 'Forms of the contact: those that you may read.',
      rule: form.ofContact,
    }),
  }));
  declareQueries(builder);
}

/** Of a form that is shown as of an event: by the state of the event. */
const whileCorrected = ({ customer_state }: { readonly customer_state: Sql }, value: Sql): Sql =>
  sql`case when ${customer_state} = 'NEEDS_YOUR_CORRECTION' then ${value} end`;

const onceRejected = ({ customer_state }: { readonly customer_state: Sql }, value: Sql): Sql =>
  sql`case when ${customer_state} = 'REJECTED' then ${value} end`;

/** The contact is told that the company submitted it, and not who (spec 6.3, 6.12). */
function submittedBy(t: EntityFields<typeof businessForms>) {
  const rule = form.common;
  const itself = { target: Contact, on: byItself };
  const colleague = { target: Employee, on: byColleague };
  return t.onEach({
    staff: t.either('Seat', colleague, itself, { description: 'Who submitted it.', rule, surface: 'staff' }),
    portal: t.one(Contact, {
      as: 'Seat',
      on: byItself,
      description: 'Who submitted it; null where the company did, on your behalf.',
      rule,
      surface: 'portal',
    }),
  });
}
type Row = RowHandle<typeof businessForms>;
const contactName = (row: Row): Sql =>
  valueFrom(row, { of: contacts }, ({ of }) => ({ value: of.name, where: sql`${of.id} = ${row.contact_id}` }));
const byItself = (row: Row, { id }: RowHandle<typeof contacts>): Sql => sql`${id} = ${row.contact_id} and ${row.submitted_by_id} is null`;
const byColleague = (row: Row, { id }: RowHandle<typeof employees>): Sql => sql`${id} = ${row.submitted_by_id}`;

function declareForm(builder: GuichetBuilder): void {
  const rule = form.common;
  builder.entityInterface(BusinessForm, {
    kindColumn: 'kind',
    otherwise: UnavailableForm.name,
    description: 'One filled-in form on its way. Plugins add kinds of their own.',
    roles: formRoles,
    listedFor: INSIDERS,
    reachableFor: [...INSIDERS, SHAREE, EXTERNAL, FORM_COMPANY_READER],
    filters: {
      state: { compares: 'enum', column: 'state', values: BusinessFormState.name, rule: form.outline, description: 'By state.' },
      customerState: {
        compares: 'enum',
        column: 'customer_state',
        values: CustomerFormState.name,
        rule,
        description: 'By the state that the customer sees.',
      },
      kind: { compares: 'text', column: 'kind', rule, description: 'By kind.' },
      template: { compares: 'id', type: 'FormTemplate', column: 'template_id', rule, description: 'By template.' },
      contact: { compares: 'id', type: 'Contact', column: 'contact_id', rule, description: 'By the contact whose form it is.' },
      number: { compares: 'text', column: 'number', rule, description: 'By number.' },
      submittedBy: {
        compares: 'id',
        type: 'Employee',
        column: 'submitted_by_id',
        rule: form.read,
        description: 'By the employee who handed it in, among colleagues or on behalf of a contact.',
      },
      handler: {
        compares: 'links',
        type: 'Employee',
        table: formTasks,
        from: 'form_id',
        to: 'assignee_id',
        rule: form.read,
        description: 'By the employees who hold or held a task of it.',
      },
      values: byValues(formValues, 'form_id', form.read),
      submittedAt: { compares: 'instant', column: 'submitted_at', rule, description: 'By the moment of submission.' },
      endedAt: { compares: 'instant', column: 'ended_at', rule, description: 'By the moment at which it came to its end.' },
    },
    orders: {
      SUBMITTED_AT: {
        column: 'submitted_at',
        rule,
        description: 'By the moment of submission: what is looked for by that is found quickest in this order.',
      },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      number: t.column('number', { description: 'Number, unique in the organization. It tells nothing of how many there are.', rule }),
      kind: t.column('kind', { description: 'Kind of form.', rule }),
      template: t.relation(FormTemplate, 'template_id', { description: 'The template that it was made from.', rule }),
      version: t.column('version', { description: 'Raised by every change.', rule: form.outline }),
      state: t.column('state', { type: BusinessFormState, description: 'Where it stands.', rule: form.outline }),
      pausedReason: t.column('paused_reason', { description: 'Why it rests, where it does.', rule: form.outline }),
      updatedAt: t.column('updated_at', { description: 'When anything last happened to it.', rule: form.outline }),
      customerState: t.column('customer_state', {
        type: CustomerFormState,
        description: 'Where it stands for the customer: never who handles it, or how many.',
        rule,
      }),
      customerStateSince: t.column('customer_state_since', { description: 'Since when.', rule }),
      customerVersion: t.column('customer_version', {
        description: 'Raised by the customer’s own acts and changes of the customer state alone.',
        rule,
      }),
      contact: t.relation(Contact, 'contact_id', { description: 'The contact whose form it is; null: colleagues among themselves.', rule }),
      contactName: t.expression('String', contactName, {
        description: 'What the contact is called, also where it is another one of your company.',
        rule,
      }),
      submittedBy: submittedBy(t),
      onBehalf: t.expression('Boolean', (row) => sql`${row.submitted_by_id} is not null and ${row.contact_id} is not null`, {
        description: 'Whether the company submitted it for the contact. The contact is not told who did.',
        rule,
        nullable: false,
      }),
      submittedAt: t.column('submitted_at', { description: 'When it was submitted.', rule }),
      endedAt: t.column('ended_at', { description: 'When it came to its end; null while it is on its way.', rule }),
      rejectionReason: t.expression('String', (row) => onceRejected(row, row.rejection_reason), {
        description: 'Why it was rejected, as the customer is told; null: nothing was said to them.',
        rule: form.answers,
      }),
      correctionReason: t.expression('String', (row) => whileCorrected(row, row.correction_reason), {
        description: 'What is to be corrected, while the customer is asked to correct it.',
        rule: form.answers,
      }),
      correctionFields: t.stringList({
        nullable: true,
        description: 'Names of the fields that are to be corrected, and alone can be; empty: all that the submitter fills in.',
        rule: form.answers,
        needs: ['correction_fields', 'customer_state'],
        resolve: (row) => (row.customer_state === 'NEEDS_YOUR_CORRECTION' ? [...(row.correction_fields ?? [])] : null),
      }),
      answers: answersOf(t),
      tasks: t.pages(FormTask, {
        on: (row, target) => sql`${target.form_id} = ${row.id}`,
        description: 'Its tasks, oldest first.',
        rule: form.read,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: INSIDERS,
      }),
      history: t.pages(FormHistoryEntry, {
        on: (row, target) => sql`${target.form_id} = ${row.id}`,
        description: 'What happened to it inside, oldest first.',
        rule: form.read,
        order: { by: 'CREATED_AT', direction: 'ASC' },
        proves: INSIDERS,
      }),
      viewerRoles: t.viewerRoles({ description: 'Your roles toward the form.', rule }),
      viewerCan: t.sameRow(BusinessFormViewerCan, { description: 'What you may do with the form.', rule }),
      liveCursor: liveCursor(t, { staff: form.outline, portal: form.followed }),
    }),
  });
  formViewerCan(builder);
  builder.entityKind(GeneralForm, BusinessForm, { value: 'GENERAL', description: 'A form whose template has no kind of its own.' });
  builder.entityKind(UnavailableForm, BusinessForm, {
    value: '(unavailable)',
    description: 'A form whose plugin is not on this server.',
  });
  builder.connectionFields(BusinessForm, (t) => ({ liveCursor: liveCursor(t, { staff: form.outline, portal: form.followed }) }));
}

function declareQueries(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    businessForm: t.entity(BusinessForm, {
      description: 'One form, by its id or its number.',
      rule: form.common,
      args: {
        id: t.arg.globalId(BusinessForm, { description: 'Its global id.', required: false }),
        number: t.arg.text({ description: 'Its number.', required: false }),
      },
      where: (row, { given, id, argument }) =>
        given('id') ? sql`${row.id} = ${id('id', BusinessForm)}` : sql`${row.number} = ${argument('number', 'text')}`,
    }),
    businessForms: t.entityPages(BusinessForm, {
      description: 'Forms that you may read.',
      rule: form.list,
      listedBy: () => INSIDERS,
    }),
    myForms: t.entityPages(BusinessForm, {
      description: 'The customer’s own forms.',
      rule: form.mine,
      check: mayBeAtWindow,
      where: (row, { seat }) => sql`${row.contact_id} = ${seat.me}`,
      proves: [EXTERNAL],
    }),
    myTasks: t.entityPages(FormTask, {
      description: 'Your tasks; for admins with FORMS also those that nobody holds.',
      rule: task.inbox,
      args: { state: t.arg.choice(FormTaskState, { description: 'Which ones; open ones by default.', defaultValue: 'OPEN' }) },
      listedBy: () => [FORM_ASSIGNEE, FORM_CLAIMANT],
      where: (row, { argument }) => sql`${row.state} = ${argument('state', 'text')}`,
    }),
  }));
}
