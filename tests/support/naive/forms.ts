import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { type Compared, comparing, comparingLinks, comparingMoment, truthOf } from './filter.ts';
import { fieldsOf, templateTypes } from './form-templates.ts';
import { orderFields } from './ordering.ts';
import { few, momentInJson, page } from './page.ts';
import type { NaiveRow, Rows } from './rows.ts';
import { type Args, employeeOf, entity, idOf as id, type NaiveEntity, type NaiveField, refuse, type World } from './world.ts';

/** In whose places a turn is, at most 20 of them. */
const employeesOf = (world: World, ids: readonly string[] | null) =>
  few(world, { type: 'Employee', rows: world.rows.employees.filter((one) => ids?.includes(one.id)), key: id }, 20);

type Form = NaiveRow<'businessForms'>;
type Task = NaiveRow<'formTasks'>;
export const READERS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'PARTICIPANT'];
const OUTLINE = [...READERS, 'SHAREE'];
const COMMON = [...OUTLINE, 'EXTERNAL'];
const TASK = [...READERS, 'FORM_ASSIGNEE', 'FORM_CLAIMANT'];
const OLDEST_FIRST = { field: 'CREATED_AT', direction: 'ASC' };
const DECISIONS_SHOWN = 4;

const read = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: READERS, get });
const outline = (get: NaiveField<Form>['get']): NaiveField<Form> => ({ roles: OUTLINE, get });
const common = (get: NaiveField<Form>['get']): NaiveField<Form> => ({ roles: COMMON, get });
const crossing = (get: NaiveField<NaiveRow<'formComments'>>['get']): NaiveField<NaiveRow<'formComments'>> => ({
  roles: [...READERS, 'EXTERNAL'],
  get,
});
const task = (get: NaiveField<Task>['get']): NaiveField<Task> => ({ roles: TASK, get });
const contactOf = (world: World, of: string | null) =>
  world.object(
    'Contact',
    world.rows.contacts.find((one) => one.id === of),
  );

const submitterOf = (world: World, row: Form) => {
  if (row.submitted_by_id === null) return contactOf(world, row.contact_id);
  return world.toward.isEmployee ? employeeOf(world, row.submitted_by_id) : null;
};

const canOf = (row: Form, roles: ReadonlySet<string>) => ({
  confirm: roles.has('EXTERNAL') && row.customer_state === 'AWAITING_YOUR_CONFIRMATION',
  dispute: roles.has('EXTERNAL') && row.customer_state === 'AWAITING_YOUR_CONFIRMATION',
  correct: roles.has('EXTERNAL') && isAsked(row),
  withdraw: roles.has('EXTERNAL') && ['RECEIVED', 'NEEDS_YOUR_CORRECTION'].includes(row.customer_state),
  comment: [...READERS, 'EXTERNAL'].some((role) => roles.has(role)),
  govern: roles.has('ADMIN'),
  readInside: READERS.some((role) => roles.has(role)),
});
const isAsked = (row: Form): boolean => row.customer_state === 'NEEDS_YOUR_CORRECTION';

/** Why nobody can move a form (spec 6.6). */
function stuckReason(row: Form, { rows }: World): string | null {
  if (!['IN_REVIEW', 'AWAITING_CONFIRMATION', 'NEEDS_CORRECTION'].includes(row.state)) return null;
  if (row.paused_reason !== null) return 'CONTACT_DELETED';
  const isHere = (id: string): boolean => rows.employees.find((one) => one.id === id)?.left_at === null;
  if (row.state === 'IN_REVIEW') {
    const turns = rows.formTasks.filter((one) => one.form_id === row.id && one.kind === 'APPROVAL' && one.state === 'OPEN');
    if (turns.some(({ assignee_id }) => assignee_id !== null && isHere(assignee_id))) return null;
    if (!turns.some(({ assignee_id }) => assignee_id === null)) return 'NOBODY_HAS_A_TURN';
    const claims = (one: Rows['adminRights'][number]): boolean =>
      one.admin_right === 'FORMS' && one.department_id === null && isHere(one.employee_id);
    return rows.adminRights.some(claims) ? null : 'NOBODY_MAY_CLAIM';
  }
  if (rows.organizations[0]!.certification !== 'ADVANCED') return 'WINDOW_SUSPENDED';
  return rows.windowMembers.some((one) => one.contact_id === row.contact_id) ? null : 'CUSTOMER_NOT_AT_WINDOW';
}
export const stuckList = (world: World, args: Args): object => {
  const { rows, seat } = world;
  if (!rows.adminRights.some((one) => one.employee_id === seat.id && one.admin_right === 'FORMS')) throw refuse('FORBIDDEN');
  const stuck = world.rows.businessForms.filter(
    (row) => world.rolesToward('BusinessForm', row).has('ADMIN') && stuckReason(row, world) !== null,
  );
  return formPage(world, stuck, args);
};

/** Values as they are kept, as GraphQL shows them: of the kinds that forms here have. */
export const SHOWN: Readonly<Record<string, (value: never) => object>> = {
  TEXT: (text: string) => ({ of: 'TextValue', text }),
  NUMBER: (number: string) => ({ of: 'NumberValue', text: number, number: Number(number) }),
  MONEY: (money: { readonly amount: number; readonly currency: string }) => ({
    of: 'MoneyValue',
    text: `${(money.amount / 100).toFixed(2)} ${money.currency}`,
    money,
  }),
};
const versionOf = (row: Form, { rows }: World) =>
  rows.formTemplateVersions.find((one) => one.template_id === row.template_id && one.version === row.template_version);
const fieldsIn = (row: Form, world: World) =>
  (versionOf(row, world)?.fields ?? []).filter(({ readBy }) => world.toward.isEmployee || readBy !== 'STAFF');
function answersOf(row: Form, world: World): object[] {
  const values: Readonly<Record<string, unknown>> = world.toward.isEmployee
    ? { ...row.field_values, ...row.staff_values }
    : row.field_values;
  return fieldsIn(row, world).map(({ id: of, name, label, kind }) => {
    const value = values[of];
    const field = { id: of, name, label, kind };
    return { name, label, value: value === undefined ? null : { field, ...SHOWN[kind]!(value as never) } };
  });
}

const handlersOf = ({ rows }: World, form: Form): string[] =>
  rows.formTasks.flatMap(({ form_id, assignee_id }) => (form_id === form.id && assignee_id !== null ? [assignee_id] : []));

/** Forms of which a filter is true, each by what the seat may read of it. */
export function formsWhere(world: World, rows: readonly Form[], where: unknown): Form[] {
  return rows.filter((row) => {
    const roles = world.rolesToward('BusinessForm', row);
    const guarded = (admitted: readonly string[], compared: Compared): Compared | null =>
      admitted.some((role) => roles.has(role)) ? compared : null;
    const comparisons = {
      state: guarded(OUTLINE, comparing(row.state)),
      customerState: guarded(COMMON, comparing(row.customer_state)),
      kind: guarded(COMMON, comparing(row.kind)),
      submittedAt: guarded(COMMON, comparingMoment(row.submitted_at)),
      endedAt: guarded(COMMON, comparingMoment(row.ended_at)),
      template: guarded(COMMON, comparing(encodeGlobalId('FormTemplate', row.template_id))),
      contact: guarded(COMMON, comparing(row.contact_id && encodeGlobalId('Contact', row.contact_id))),
      number: guarded(COMMON, comparing(row.number)),
      submittedBy: guarded(READERS, comparing(row.submitted_by_id && encodeGlobalId('Employee', row.submitted_by_id))),
      handler: guarded(READERS, comparingLinks(handlersOf(world, row).map((handler) => encodeGlobalId('Employee', handler)))),
    };
    return truthOf(where as Args, comparisons) === true;
  });
}
const FORM_ORDERS = { SUBMITTED_AT: (row: Form) => momentInJson(row.submitted_at) };
export const formPage = (world: World, rows: readonly Form[], args: Args): object =>
  page(world, { type: 'BusinessForm', rows: formsWhere(world, rows, args.where), key: id, orders: FORM_ORDERS }, args);

export const formsOfContact: NaiveField<NaiveRow<'contacts'>> = {
  roles: COMMON,
  get: (row, { world, args }) =>
    formPage(
      world,
      world.rows.businessForms.filter((one) => one.contact_id === row.id),
      args,
    ),
};

/** `Query.myTasks`. */
export function taskList(world: World, args: Args): object {
  if (!world.toward.isEmployee) throw refuse('FORBIDDEN');
  const rows = world.rows.formTasks.filter((row) => {
    const roles = world.rolesToward('FormTask', row);
    return row.state === (args.state ?? 'OPEN') && (roles.has('FORM_ASSIGNEE') || roles.has('FORM_CLAIMANT'));
  });
  return page(world, { type: 'FormTask', rows, key: id }, args);
}

export const formTypes: Readonly<Record<string, NaiveEntity>> = {
  ...templateTypes,
  BusinessForm: entity<'businessForms'>({
    table: 'businessForms',
    reachableFor: COMMON,
    id,
    roles: (toward, row) => toward.form(row),
    typeOf: ({ kind }) => ({ ORDER: 'Order', GENERAL: 'GeneralForm' })[kind] ?? 'UnavailableForm',
    fields: {
      id: common((row) => encodeGlobalId('BusinessForm', row.id)),
      number: common((row) => row.number),
      kind: common(({ kind }) => kind),
      template: common((row, { world }) =>
        world.object(
          'FormTemplate',
          world.rows.formTemplates.find((one) => one.id === row.template_id),
        ),
      ),
      version: outline(({ version }) => version),
      state: outline(({ state }) => state),
      pausedReason: outline((row) => row.paused_reason),
      updatedAt: outline((row) => row.updated_at),
      customerState: common((row) => row.customer_state),
      customerStateSince: common((row) => row.customer_state_since),
      customerVersion: common((row) => row.customer_version),
      contact: common((row, { world }) => contactOf(world, row.contact_id)),
      contactName: common((row, { world }) => world.rows.contacts.find((one) => one.id === row.contact_id)?.name),
      submittedBy: common((row, { world }) => submitterOf(world, row)),
      onBehalf: common((row) => row.submitted_by_id !== null),
      submittedAt: common((row) => row.submitted_at),
      endedAt: common((row) => row.ended_at),
      answers: { roles: [...READERS, 'EXTERNAL'], get: (row, { world }) => answersOf(row, world) },
      templateVersion: outline((row) => row.template_version),
      fields: { roles: [...READERS, 'EXTERNAL'], get: (row, { world }) => fieldsOf({ fields: fieldsIn(row, world) }) },
      rejectionReason: {
        roles: [...READERS, 'EXTERNAL'],
        get: (row) => (row.customer_state === 'REJECTED' ? row.rejection_reason : null),
      },
      correctionReason: {
        roles: [...READERS, 'EXTERNAL'],
        get: (row) => (isAsked(row) ? row.correction_reason : null),
      },
      correctionFields: {
        roles: [...READERS, 'EXTERNAL'],
        get: (row) => (isAsked(row) ? (row.correction_fields ?? []) : null),
      },
      stuckReason: read((row, { world }) => stuckReason(row, world)),
      comments: {
        roles: [...READERS, 'EXTERNAL'],
        get: (row, { world, args }) => {
          const rows = world.rows.formComments.filter((one) => one.form_id === row.id);
          return page(world, { type: 'FormComment', rows, key: id, order: OLDEST_FIRST }, args);
        },
      },
      tasks: read((row, { world, args }) => {
        const rows = world.rows.formTasks.filter((one) => one.form_id === row.id);
        return page(world, { type: 'FormTask', rows, key: id, order: OLDEST_FIRST }, args);
      }),
      history: read((row, { world, args }) => {
        const rows = world.rows.formHistory.filter((one) => one.form_id === row.id);
        return page(world, { type: 'FormHistoryEntry', rows, key: id, order: OLDEST_FIRST }, args);
      }),
      viewerRoles: common((_, { roles }) => [...roles]),
      viewerCan: common((row, { roles }) => canOf(row, roles)),
    },
    kinds: { Order: orderFields, GeneralForm: {}, UnavailableForm: {} },
  }),
  FormTask: entity<'formTasks'>({
    table: 'formTasks',
    reachableFor: TASK,
    id,
    roles: (toward, row) => toward.task(row),
    fields: {
      id: task((row) => encodeGlobalId('FormTask', row.id)),
      version: task(({ version }) => version),
      form: task((row, { world }) =>
        world.object(
          'BusinessForm',
          world.rows.businessForms.find((one) => one.id === row.form_id),
        ),
      ),
      assignee: task((row, { world }) => employeeOf(world, row.assignee_id)),
      kind: task(({ kind }) => kind),
      for: task((row, { world }) => employeeOf(world, row.for_id)),
      alsoFor: task((row, { world }) => employeesOf(world, row.also_for_ids)),
      question: task(({ question }) => question),
      dueAt: task((row) => row.due_at),
      state: task(({ state }) => state),
      createdAt: task((row) => row.created_at),
      decidedAt: task((row) => row.decided_at),
      decision: task(({ decision }) => decision),
      comment: task(({ comment }) => comment),
      earlierDecisions: task((row, { world }) => {
        const rows = world.rows.formTasks.filter((one) => one.form_id === row.form_id && one.state === 'DECIDED' && one.id < row.id);
        return few(world, { type: 'FormTask', rows, key: id }, DECISIONS_SHOWN);
      }),
      viewerRoles: task((_, { roles }) => [...roles]),
      viewerCan: task((row, { roles }) => {
        const isTheirs = row.state === 'OPEN' && roles.has('FORM_ASSIGNEE');
        return {
          decide: isTheirs && row.kind === 'APPROVAL',
          answer: isTheirs && row.kind === 'OPINION',
          claim: row.state === 'OPEN' && roles.has('FORM_CLAIMANT'),
        };
      }),
      step: task(() => null),
      fields: task(() => []),
    },
  }),
  FormComment: entity<'formComments'>({
    table: 'formComments',
    reachableFor: [...READERS, 'EXTERNAL'],
    id,
    roles: (toward, row) => toward.formComment(row),
    fields: {
      id: crossing((row) => encodeGlobalId('FormComment', row.id)),
      text: crossing(({ text }) => text),
      at: crossing(({ at }) => at),
      fromCustomer: crossing((row) => row.author_id === null),
      author: read((row, { world }) => employeeOf(world, row.author_id)),
    },
  }),
  FormHistoryEntry: entity<'formHistory'>({
    table: 'formHistory',
    reachableFor: READERS,
    id,
    roles: (toward, row) => toward.insideForm(row.form_id),
    fields: {
      id: read((row) => encodeGlobalId('FormHistoryEntry', row.id)),
      kind: read(({ kind }) => kind),
      actor: read((row, { world }) => employeeOf(world, row.actor_id)),
      for: read((row, { world }) => employeesOf(world, row.for_ids)),
      next: read((row, { world }) => employeeOf(world, row.next_id)),
      comment: read(({ comment }) => comment),
      changes: read(({ changes }) => changes),
      at: read(({ at }) => at),
    },
  }),
};
