import { type GuichetBuilder, versionConflict } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyDecided } from './form.refusals.ts';
import { actOnForm, holdForm } from './form-acts.service.ts';
import { eyesAt } from './form-eyes.service.ts';
import { decided, formId, moved, onTask, reason } from './form-payloads.graphql.ts';
import { pickedAt } from './form-people.service.ts';
import { form, task } from './permissions.ts';
import { actOnTask, holdTask } from './task-acts.service.ts';

const WHY = 'Why; it stands in the history.';

/** What admins with FORMS do, so that nobody is stuck (spec 6.6). */
export function governMutations(builder: GuichetBuilder): void {
  builder.useCase('reassignFormTask', {
    description: 'An admin gives a turn to somebody else, or takes it over.',
    rule: task.govern,
    doesOnce: true,
    input: (t) => ({ ...onTask(t), employeeId: t.globalId(Employee, { description: 'Who has it from now on.' }), reason: reason(t, WHY) }),
    refusals: [taskAlreadyDecided, versionConflict, approverNotAllowed, formMoveNotAllowed],
    guard: (use, given) =>
      holdTask(use, given, { kind: 'REASSIGN', rule: task.govern, person: { field: 'employeeId', id: given.employeeId } }),
    run: (use, { taskId, reason: comment }, held) =>
      actOnTask(use, held, { kind: 'REASSIGN', taskId, to: held.person! }, { words: { comment } }),
    success: decided,
  });
  builder.useCase('jumpForm', {
    description:
      'An admin gives a form’s turn to somebody, whoever has it now: every other turn ends. On a fixed route the form keeps its place: it goes on behind the step where it stood.',
    rule: form.govern,
    doesOnce: true,
    input: (t) => ({
      formId: formId(t),
      employeeId: t.globalId(Employee, { description: 'Who has the turn from now on.' }),
      reason: reason(t, WHY),
    }),
    refusals: [approverNotAllowed, formMoveNotAllowed],
    guard: async (use, { formId: id, employeeId }) => {
      await use.authorize('BusinessForm', id, form.govern, { path: ['input', 'formId'] });
      const to = await pickedAt(use, employeeId, 'employeeId'); // who is unknown is told before what cannot be done
      return { held: await holdForm(use, id, 'JUMP', form.govern), to };
    },
    run: async (use, { reason: comment }, { held, to }) => {
      const { stop, template_id } = held.form;
      const facts = { back: { who: null, stop }, approved: await eyesAt(use, held.form, stop) };
      return actOnForm(use, held, { kind: 'JUMP', to: to(template_id) }, { facts, words: { comment } });
    },
    success: moved,
  });
  builder.useCase('endForm', {
    description: 'An admin ends a form on its way. That is its end: the customer is told that it has ended.',
    rule: form.govern,
    doesOnce: true,
    input: (t) => ({ formId: formId(t), reason: reason(t, WHY) }),
    refusals: [formMoveNotAllowed],
    guard: (use, { formId: id }) => holdForm(use, id, 'END', form.govern),
    run: (use, { reason: comment }, held) => actOnForm(use, held, { kind: 'END' }, { words: { comment } }),
    success: moved,
  });
}
