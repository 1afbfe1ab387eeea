import { type GuichetBuilder, type InputMaker, type PayloadFields, submitRefusals, versionConflict } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { fieldValues } from '../fields/index.ts';
import { approveTask, holdToApprove, rejectTask } from './approving.service.ts';
import { BusinessForm, FormTask, FormTemplate } from './form.refs.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import { confirmForm, holdForm } from './form-acts.service.ts';
import { findGeneralKind, submitForm } from './form-submit.service.ts';
import { form, task } from './permissions.ts';
import { actOnTask, type Decided, holdTask } from './task-acts.service.ts';

const decided = (t: PayloadFields<Decided>) => ({
  task: t.loaded(FormTask, 'taskId', { description: 'The task, decided.', rule: task.read }),
  form: t.loaded(BusinessForm, 'formId', { description: 'The form as it is now.', rule: form.read }),
});
const moved = (t: PayloadFields<{ readonly formId: string }>) => ({
  form: t.loaded(BusinessForm, 'formId', { description: 'The form as it is now.', rule: form.common }),
});

const taskId = (t: InputMaker) => t.globalId(FormTask, { description: 'The task.' });
const decision = (t: InputMaker) => ({
  taskId: taskId(t),
  expectedVersion: t.integer({ description: 'The version of the task that you have read.', required: false, min: 1 }),
  comment: t.text({ description: 'What you have to say; the customer never sees it.', required: false, max: 2_000 }),
});

export function formMutations(builder: GuichetBuilder): void {
  declareSubmitting(builder);
  declareDecisions(builder);
  builder.useCase('claimFormTask', {
    description: 'Takes a task that nobody holds, because the contact has no owner. The first has it.',
    rule: task.claim,
    doesOnce: true,
    input: (t) => ({ taskId: taskId(t) }),
    refusals: [taskAlreadyClaimed, formMoveNotAllowed],
    guard: (use, given) => holdTask(use, given, { kind: 'CLAIM', rule: task.claim }),
    run: (use, { taskId }, held) => actOnTask(use, held, { kind: 'CLAIM', taskId }),
    success: decided,
  });
}

function declareSubmitting(builder: GuichetBuilder): void {
  builder.useCase('submitForm', {
    description: 'Hands in a form whose template has no kind with a mutation of its own.',
    rule: form.submit,
    doesOnce: true,
    input: (t) => ({
      templateId: t.globalId(FormTemplate, { description: 'The template.' }),
      values: t.parsed(fieldValues('Values of the template’s fields, each once. What is left out is not answered.')),
    }),
    refusals: submitRefusals,
    guard: (use, { templateId }) => findGeneralKind(use, templateId),
    run: async (use, { templateId, values }, kind) => {
      const { formId } = await submitForm(use, { kind, templateId, values });
      return { formId };
    },
    success: moved,
  });
  builder.useCase('confirmForm', {
    description: 'The customer confirms: the form is done.',
    rule: form.confirm,
    doesOnce: true,
    input: (t) => ({ formId: t.globalId(BusinessForm, { description: 'The form.' }) }),
    refusals: [formMoveNotAllowed, ...submitRefusals],
    guard: (use, { formId }) => holdForm(use, formId, 'CONFIRM', form.confirm),
    run: (use, _, held) => confirmForm(use, held),
    success: moved,
  });
}

function declareDecisions(builder: GuichetBuilder): void {
  builder.useCase('approveFormTask', {
    description: 'Approves a task. With a next approver the form goes on to them; without one it is approved as the last.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({
      ...decision(t),
      nextApproverId: t.globalId(Employee, { description: 'Who goes on; without one you approve as the last.', required: false }),
    }),
    refusals: [taskAlreadyDecided, versionConflict, approverNotAllowed, formMoveNotAllowed],
    guard: (use, given) => holdToApprove(use, given),
    run: (use, given, found) => approveTask(use, given, found),
    success: decided,
  });
  builder.useCase('rejectFormTask', {
    description: 'Rejects a form; that is its end.',
    rule: task.decide,
    doesOnce: true,
    input: decision,
    refusals: [taskAlreadyDecided, versionConflict, formMoveNotAllowed],
    guard: (use, given) => holdTask(use, given, { kind: 'REJECT' }),
    run: (use, given, held) => rejectTask(use, given, held),
    success: decided,
  });
}
