import {
  cursorSealer,
  type EntityFieldsOf,
  encodeGlobalId,
  type FieldSpec,
  input,
  type LiveEvent,
  type RootFields,
  type Rule,
  type SchemaDoor,
  type Seat,
  type Service,
  type Sql,
  type SubscriptionDefinition,
  sql,
  type Table,
} from '../../sdk/index.ts';
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
const formPayload = ({ subjectId, kind, facts }: LiveEvent): Record<string, unknown> => ({
  formId: subjectId,
  kind: UNTOLD.includes(kind) ? 'MOVED' : kind,
  customerState: facts.customerState ?? null,
});
const formFields = (t: RootFields) => ({
  formId: t.plain('ID', {
    description: 'Id of the form, also where you can no longer read it.',
    rule: form.common,
    nullable: false,
    resolve: ({ formId }: { formId: string }) => encodeGlobalId('BusinessForm', formId),
  }),
  form: t.fromSource('BusinessForm', 'formId', {
    description: 'The form as it is now; null where you can no longer read it.',
    rule: form.common,
  }),
  customerState: t.plain('CustomerFormState', {
    description: 'The customer state as of the event.',
    rule: form.common,
    resolve: ({ customerState }: { customerState: string | null }) => customerState,
  }),
});

const formEvents: Omit<SubscriptionDefinition, 'description' | 'rule' | 'event' | 'stream'> = {
  eventDescription: 'Something happened to a form.',
  fields: formFields,
};

export function formSubscriptions(door: SchemaDoor): void {
  door.subscription('myTasks', {
    description: 'Your tasks, live: one came, changed or left.',
    rule: task.inbox,
    event: 'MyTasksEvent',
    eventDescription: 'Something happened to one of your tasks.',
    fields: (t) => ({
      taskId: t.plain('ID', {
        description: 'Id of the task, also where you can no longer read it.',
        rule: task.inbox,
        nullable: false,
        resolve: ({ taskId }: { taskId: string }) => encodeGlobalId('FormTask', taskId),
      }),
      task: t.fromSource('FormTask', 'taskId', {
        description: 'The task as it is now; null where you can no longer read it.',
        rule: task.inbox,
      }),
    }),
    stream: ({ organizationId }) => ({
      stream: organizationId,
      wants: ({ topic, seatId }, seat) =>
        topic === TASK_TOPIC && (seatId === seat.id || (seatId === null && seat.rights.get('FORMS') === 'ALL')),
      payload: ({ subjectId }) => ({ taskId: subjectId }),
    }),
  });
  door.subscription('businessForm', {
    ...formEvents,
    description: 'One form, live, for whoever may see it, each by their own rules.',
    rule: form.common,
    event: 'BusinessFormEvent',
    args: { id: input.id('BusinessForm', 'Global id of the form.') },
    about: { type: 'BusinessForm', arg: 'id' },
    allows: (seat) => seat.kind === 'EMPLOYEE' || isAtWindow(seat),
    stream: (seat, { id }) => ({
      stream: streamOf(seat),
      subject: id as string,
      wants: ({ topic, subjectId }) => topic === FORM_TOPIC && subjectId === id,
      payload: formPayload,
    }),
  });
  door.subscription('myForms', {
    ...formEvents,
    description: 'The customer’s forms, live, in customer states.',
    rule: form.mine,
    event: 'MyFormsEvent',
    eventDescription: 'One of your forms has moved.',
    allows: isAtWindow,
    stream: ({ id }) => ({ stream: id, wants: ({ topic }) => topic === FORM_TOPIC, payload: formPayload }),
  });
}
