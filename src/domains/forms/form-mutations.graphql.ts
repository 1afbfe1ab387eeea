import { input, invalid, type RootFields, type SchemaDoor, submitRefusals, type UseCase, versionConflict } from '../../sdk/index.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import { confirmForm, holdForm } from './form-confirm.service.ts';
import { findGeneralKind, submitForm } from './form-submit.service.ts';
import { form, task } from './permissions.ts';
import { approveTask, claimTask, holdTask, rejectTask } from './task-decision.service.ts';

const decided = (t: RootFields) => ({
  task: t.fromSource('FormTask', 'taskId', { description: 'The task, decided.', rule: task.read }),
  form: t.fromSource('BusinessForm', 'formId', { description: 'The form as it is now.', rule: form.read }),
});
const moved = (t: RootFields) => ({
  form: t.fromSource('BusinessForm', 'formId', { description: 'The form as it is now.', rule: form.common }),
});

const isObject = (values: unknown): values is Record<string, unknown> =>
  typeof values === 'object' && values !== null && !Array.isArray(values);

const decision = {
  taskId: input.id('FormTask', 'The task.'),
  expectedVersion: input.optional(input.integer('The version of the task that you have read.', { min: 1 })),
  comment: input.optional(input.text('What you have to say; the customer never sees it.', { max: 2_000 })),
};

export function formMutations(door: SchemaDoor): void {
  door.mutation('submitForm', {
    description: 'Hands in a form whose template has no kind with a mutation of its own.',
    rule: form.submit,
    doesOnce: true,
    input: {
      templateId: input.id('FormTemplate', 'The template.'),
      values: input.anyJson('Answers by the names of the template’s fields, as an object.'),
    },
    success: moved,
    refusals: submitRefusals,
    guard: (use: UseCase, { templateId }) => findGeneralKind(use, templateId),
    run: async (use, { templateId, values }, kind) => {
      if (!isObject(values)) throw invalid(['input', 'values'], 'NOT_AN_OBJECT', 'The answers must be an object: a value for each field.');
      const { formId } = await submitForm(use, { kind, templateId, values });
      return { formId };
    },
  });
  door.mutation('approveFormTask', {
    description: 'Approves a task. With a next approver the form goes on to them; without one it is approved as the last.',
    rule: task.decide,
    doesOnce: true,
    input: { ...decision, nextApproverId: input.optional(input.id('Employee', 'Who goes on; without one you approve as the last.')) },
    success: decided,
    refusals: [taskAlreadyDecided, versionConflict, approverNotAllowed],
    guard: (use: UseCase, given) => holdTask(use, given),
    run: approveTask,
  });
  door.mutation('rejectFormTask', {
    description: 'Rejects a form; that is its end.',
    rule: task.decide,
    doesOnce: true,
    input: decision,
    success: decided,
    refusals: [taskAlreadyDecided, versionConflict],
    guard: (use: UseCase, given) => holdTask(use, given),
    run: rejectTask,
  });
  door.mutation('claimFormTask', {
    description: 'Takes a task that nobody holds, because the contact has no owner. The first has it.',
    rule: task.claim,
    doesOnce: true,
    input: { taskId: decision.taskId },
    success: decided,
    refusals: [taskAlreadyClaimed],
    run: (use: UseCase, given) => claimTask(use, given),
  });
  door.mutation('confirmForm', {
    description: 'The customer confirms: the form is done.',
    rule: form.confirm,
    doesOnce: true,
    input: { formId: input.id('BusinessForm', 'The form.') },
    success: moved,
    refusals: [formMoveNotAllowed, ...submitRefusals],
    guard: (use: UseCase, given) => holdForm(use, given),
    run: (use, _, found) => confirmForm(use, found),
  });
}
