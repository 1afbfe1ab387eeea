import { fieldValues, type GuichetBuilder, versionConflict } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { approveTask, holdToApprove, rejectTask } from './approving.service.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyClaimed, taskAlreadyDecided } from './form.refusals.ts';
import { comment, decided, MOST_SAID, onTask, taskId } from './form-payloads.graphql.ts';
import { task } from './permissions.ts';
import { actOnTask, holdTask } from './task-acts.service.ts';

/** Decisions of holders, and who takes what nobody holds. */
export function taskMutations(builder: GuichetBuilder): void {
  builder.useCase('claimFormTask', {
    description:
      'Takes a task that nobody holds: the contact has no owner, or a step nobody who is there. The first has it; whoever submitted the form does not.',
    rule: task.claim,
    doesOnce: true,
    input: (t) => ({ taskId: taskId(t) }),
    refusals: [taskAlreadyClaimed, approverNotAllowed, formMoveNotAllowed],
    guard: (use, given) => holdTask(use, given, { kind: 'CLAIM', rule: task.claim }),
    run: (use, { taskId: id }, held) => actOnTask(use, held, { kind: 'CLAIM', taskId: id }),
    success: decided,
  });
  builder.useCase('approveFormTask', {
    description: 'Approves a task. With a next approver the form goes on to them; without one it is approved as the last.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({
      ...onTask(t),
      comment: comment(t),
      nextApproverId: t.globalId(Employee, {
        description: 'Who goes on; without one you approve as the last. Nobody is picked where the template fixes who approves.',
        required: false,
      }),
      values: t.parsed(
        fieldValues(
          'Values of the fields that your step writes, each once. What the customer reads of them is shown when it is their turn, and they confirm it.',
        ),
        { required: false },
      ),
    }),
    refusals: [taskAlreadyDecided, versionConflict, approverNotAllowed, formMoveNotAllowed],
    guard: (use, given) => holdToApprove(use, given),
    run: (use, given, held) => approveTask(use, given, held),
    success: decided,
  });
  builder.useCase('rejectFormTask', {
    description: 'Rejects a form; that is its end.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({
      ...onTask(t),
      comment: comment(t),
      reason: t.text({
        description: 'Why, for whoever handed it in: they read it as `rejectionReason`, without your name.',
        required: false,
        max: MOST_SAID,
      }),
    }),
    refusals: [taskAlreadyDecided, versionConflict, formMoveNotAllowed],
    guard: (use, given) => holdTask(use, given, { kind: 'REJECT' }),
    run: (use, given, held) => rejectTask(use, given, held),
    success: decided,
  });
}
