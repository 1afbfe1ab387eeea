import { encodeGlobalId, type GuichetBuilder, type LiveEvent, type PayloadFields, type Seat, topic, type WordOf } from '../../sdk/index.ts';
import { BusinessForm, FormTask } from './form.refs.ts';
import { CustomerFormState } from './form-words.ts';
import { form, task } from './permissions.ts';

export const taskTopic = topic('TASK', 'FormTask');
export const formTopic = topic('FORM', 'BusinessForm');

/** What moves change of the columns that a customer reads: their events carry them as of the event (spec 6.3). */
export const TOLD_COLUMNS = ['customer_state', 'customer_state_since', 'customer_version', 'ended_at'] as const;

const streamOf = ({ kind, id, organizationId }: Seat): string => (kind === 'CONTACT' ? id : organizationId);
/**
 * What a follower is told by its name: whatever else happens stands in the history alone. A sharee follows the form too, and may not read
 * that somebody approved it or took its task.
 */
const TOLD = ['SUBMITTED', 'REJECTED', 'CONFIRMATION_ASKED', 'COMPLETED', 'WITHDRAWN', 'ENDED', 'COMMENTED', 'REMINDED'];
/** It is of another contact of the company. */
const isOfCompany = (facts: LiveEvent['facts']): boolean => facts.isOfCompany === true;
const isOfCustomer = (facts: LiveEvent['facts']): boolean => 'asOf' in facts;
const isTold = (kind: string, facts: LiveEvent['facts']): boolean =>
  TOLD.includes(kind) && (isOfCustomer(facts) || !['COMMENTED', 'REMINDED'].includes(kind));
const formPayload = ({ subjectId, kind, facts }: LiveEvent) => ({
  formId: subjectId,
  kind: isTold(kind, facts) ? kind : 'MOVED',
  asOf: facts.asOf,
  customerState: (facts.customerState ?? null) as WordOf<typeof CustomerFormState> | null,
});
type FormPayload = ReturnType<typeof formPayload>;

/** Whatever follows forms, live. */
export function formSubscriptions(builder: GuichetBuilder): void {
  const formFields = (t: PayloadFields<FormPayload>) => ({
    formId: t.id({
      description: 'Id of the form, also where you can no longer read it.',
      rule: form.common,
      resolve: ({ formId }) => encodeGlobalId('BusinessForm', formId),
    }),
    form: t.loaded(BusinessForm, 'formId', {
      description: 'The form as it is now, for its customer as of the event; null where you can no longer read it.',
      rule: form.common,
      asOf: { property: 'asOf', columns: TOLD_COLUMNS },
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
    topic: taskTopic,
    event: 'MyTasksEvent',
    eventDescription: 'Something happened to one of your tasks.',
    stream: ({ organizationId }) => ({
      stream: organizationId,
      // what nobody holds is in the inbox of those who may take it, and not of all who may read it
      wants: ({ seatId }, { rights }) => seatId !== null || rights.get('FORMS') === 'ALL',
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
    topic: formTopic,
    event: 'BusinessFormEvent',
    eventDescription: 'Something happened to a form.',
    args: (t) => ({ id: t.globalId(BusinessForm, { description: 'Global id of the form.' }) }),
    about: { type: BusinessForm, arg: 'id' },
    stream: (seat, { id }) => ({
      stream: streamOf(seat),
      subject: id,
      payload: formPayload,
    }),
    fields: formFields,
  });
  builder.live('companyForms', {
    description: 'Forms of your company’s other contacts, live, in customer states.',
    rule: form.ofCompany,
    topic: formTopic,
    event: 'CompanyFormsEvent',
    eventDescription: 'A form of another contact of your company has moved.',
    stream: ({ id }) => ({ stream: id, wants: ({ facts }) => isOfCompany(facts), payload: formPayload }),
    fields: formFields,
  });
  builder.live('myForms', {
    description: 'The customer’s forms, live, in customer states.',
    rule: form.mine,
    topic: formTopic,
    event: 'MyFormsEvent',
    eventDescription: 'One of your forms has moved.',
    stream: ({ id }) => ({ stream: id, wants: ({ facts }) => !isOfCompany(facts), payload: formPayload }),
    fields: formFields,
  });
}
