import {
  cursorSealer,
  type EntityFieldsOf,
  encodeGlobalId,
  type FieldSpec,
  type GuichetBuilder,
  type LiveEvent,
  type PayloadFields,
  type Rule,
  type Seat,
  type Service,
  type Sql,
  sql,
  type Table,
  type WordOf,
} from '../../sdk/index.ts';
import { BusinessForm, CustomerFormState, FormTask } from './form.refs.ts';
import { isAtWindow } from './form-window.ts';
import { form, task } from './permissions.ts';

export const TASK_TOPIC = 'TASK';
export const FORM_TOPIC = 'FORM';

interface SealingContext {
  readonly seat: Seat;
  readonly switchboard: { service<Contract>(token: Service<Contract>): Contract };
}

/** Where the reader's stream stood when this was read, in the same snapshot: subscribe `after` it, and nothing is missed (api 1). */
export function liveCursor<T extends Table>(t: EntityFieldsOf<T>, staff: Rule, portal: Rule | undefined): Record<string, FieldSpec> {
  const description = 'The place in your stream of events at which this was read: subscribe `after` it and nothing is missed.';
  const place = (organization: Sql, stream: Sql): Sql =>
    sql`coalesce((select known.last_seq from event_streams known where known.organization_id = ${organization} and known.stream = ${stream}), 0)`;
  const on = (surface: 'staff' | 'portal', rule: Rule): FieldSpec =>
    t.computed('Cursor', {
      description,
      rule,
      surface,
      nullable: true,
      needs: [],
      also: { place: (_, { organization, me }) => place(organization, surface === 'staff' ? organization : me) },
      resolve: ({ place: at }: { place: number }, { seat, switchboard }: SealingContext) =>
        switchboard.service(cursorSealer).seal(at, seat.id, surface === 'staff' ? seat.organizationId : seat.id),
    });
  return { liveCursor: on('staff', staff), ...(portal ? { 'liveCursor@portal': on('portal', portal) } : {}) };
}

const streamOf = ({ kind, id, organizationId }: Seat): string => (kind === 'CONTACT' ? id : organizationId);
/** Acts that stand in the history alone: a sharee follows the form too, and may not read that somebody approved it or took its task. */
const UNTOLD = ['APPROVED', 'CLAIMED'];
const formPayload = ({ subjectId, kind, facts }: LiveEvent) => ({
  formId: subjectId,
  kind: UNTOLD.includes(kind) ? 'MOVED' : kind,
  customerState: (facts.customerState ?? null) as WordOf<typeof CustomerFormState> | null,
});
type FormPayload = ReturnType<typeof formPayload>;

/** Whatever follows forms, live. */
export function formSubscriptions(builder: GuichetBuilder): void {
  builder.words(CustomerFormState);
  const formFields = (t: PayloadFields<FormPayload>) => ({
    formId: t.id({
      description: 'Id of the form, also where you can no longer read it.',
      rule: form.common,
      resolve: ({ formId }) => encodeGlobalId('BusinessForm', formId),
    }),
    form: t.loaded(BusinessForm, 'formId', {
      description: 'The form as it is now; null where you can no longer read it.',
      rule: form.common,
    }),
    customerState: t.field({
      type: CustomerFormState,
      nullable: true,
      description: 'The customer state as of the event.',
      rule: form.common,
      resolve: ({ customerState }) => customerState,
    }),
  });

  builder.live('myTasks', {
    description: 'Your tasks, live: one came, changed or left.',
    rule: task.inbox,
    event: 'MyTasksEvent',
    eventDescription: 'Something happened to one of your tasks.',
    stream: ({ organizationId }) => ({
      stream: organizationId,
      wants: ({ topic, seatId }, seat) =>
        topic === TASK_TOPIC && (seatId === seat.id || (seatId === null && seat.rights.get('FORMS') === 'ALL')),
      payload: ({ subjectId }) => ({ taskId: subjectId }),
    }),
    fields: (t) => ({
      taskId: t.id({
        description: 'Id of the task, also where you can no longer read it.',
        rule: task.inbox,
        resolve: ({ taskId }) => encodeGlobalId('FormTask', taskId),
      }),
      task: t.loaded(FormTask, 'taskId', { description: 'The task as it is now; null where you can no longer read it.', rule: task.inbox }),
    }),
  });
  builder.live('businessForm', {
    description: 'One form, live, for whoever may see it, each by their own rules.',
    rule: form.common,
    event: 'BusinessFormEvent',
    eventDescription: 'Something happened to a form.',
    args: (t) => ({ id: t.globalId(BusinessForm, { description: 'Global id of the form.' }) }),
    about: { type: BusinessForm, arg: 'id' },
    allows: (seat) => seat.kind === 'EMPLOYEE' || isAtWindow(seat),
    stream: (seat, { id }) => ({
      stream: streamOf(seat),
      subject: id,
      wants: ({ topic, subjectId }) => topic === FORM_TOPIC && subjectId === id,
      payload: formPayload,
    }),
    fields: formFields,
  });
  builder.live('myForms', {
    description: 'The customer’s forms, live, in customer states.',
    rule: form.mine,
    event: 'MyFormsEvent',
    eventDescription: 'One of your forms has moved.',
    allows: isAtWindow,
    stream: ({ id }) => ({ stream: id, wants: ({ topic }) => topic === FORM_TOPIC, payload: formPayload }),
    fields: formFields,
  });
}
