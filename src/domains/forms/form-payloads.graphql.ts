import type { InputMaker, PayloadFields } from '../../sdk/index.ts';
import { BusinessForm, FormTask } from './form.refs.ts';
import { form, task } from './permissions.ts';
import type { Decided } from './task-acts.service.ts';

// What mutations of forms and tasks take and give alike.

export const decided = (t: PayloadFields<Decided>) => ({
  task: t.loaded(FormTask, 'taskId', { description: 'The task as it is now.', rule: task.read }),
  form: t.loaded(BusinessForm, 'formId', { description: 'The form as it is now.', rule: form.read }),
});
export const moved = (t: PayloadFields<{ readonly formId: string }>) => ({
  form: t.loaded(BusinessForm, 'formId', { description: 'The form as it is now.', rule: form.common }),
});

export const MOST_SAID = 2_000;
export const taskId = (t: InputMaker) => t.globalId(FormTask, { description: 'The task.' });
export const formId = (t: InputMaker) => t.globalId(BusinessForm, { description: 'The form.' });
export const expectedVersion = (t: InputMaker) =>
  t.integer({ description: 'The version of the task that you have read.', required: false, min: 1 });
export const comment = (t: InputMaker) =>
  t.text({ description: 'What you have to say; the customer never sees it.', required: false, max: MOST_SAID });
export const reason = (t: InputMaker, description: string) => t.name({ description, max: MOST_SAID });
export const onTask = (t: InputMaker) => ({ taskId: taskId(t), expectedVersion: expectedVersion(t) });
