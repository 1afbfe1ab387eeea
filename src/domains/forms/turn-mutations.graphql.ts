import { type GuichetBuilder, type InputMaker, input, versionConflict, words } from '../../sdk/index.ts';
import { Employee } from '../directory/index.ts';
import { addApprover } from './adding.service.ts';
import { approverNotAllowed, formMoveNotAllowed, taskAlreadyDecided } from './form.refusals.ts';
import { comment, decided, MOST_SAID, onTask, reason } from './form-payloads.graphql.ts';
import { task } from './permissions.ts';
import { holdToReturn, returnTask } from './returning.service.ts';
import { actOnTask, type HeldTask, type HowHeld, holdTask } from './task-acts.service.ts';

const ReturnTarget = words('ReturnTarget', 'To whom a form is returned.', {
  SUBMITTER: 'To whoever handed it in, for correction.',
  HOLDER: 'To somebody who has had it before.',
});
const AddedApproverPlace = words('AddedApproverPlace', 'When an added approver has their turn.', {
  BEFORE: 'Before yours: you have it again when they have approved.',
  AFTER: 'After yours.',
});
const refusals = [taskAlreadyDecided, versionConflict, approverNotAllowed, formMoveNotAllowed];
const employeeId = (t: InputMaker, description: string) => t.globalId(Employee, { description });
/** With whoever is picked by the field `employeeId`. */
const withPerson = (kind: HowHeld['kind'], id: string): HowHeld => ({ kind, person: { field: 'employeeId', id } });
/** Who was picked is there: NotFound was told otherwise. */
const picked = ({ person }: HeldTask) => person!;

/** What a holder does with a turn beside deciding. */
export function turnMutations(builder: GuichetBuilder): void {
  builder.words(ReturnTarget);
  builder.words(AddedApproverPlace);
  builder.useCase('returnFormTask', {
    description: 'Returns a form: to whoever submitted it, who corrects it and hands it in again, or to somebody who has had it before.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({
      ...onTask(t),
      to: t.choice(ReturnTarget, { description: 'To whom.' }),
      holderId: t.globalId(Employee, { description: 'HOLDER: who has had it before.', required: false }),
      reason: reason(t, 'Why. The submitter reads it where it is returned to them, without your name; nobody outside does otherwise.'),
      fields: t.parsed(
        input.listOf(
          input.text('', { max: 100 }),
          'SUBMITTER: names of the fields that are to be corrected, of those that they fill in. They alone can be changed then; without any, all can, and a fixed route asks those again who have approved, where anything was changed.',
          { most: 250 },
        ),
        {
          required: false,
        },
      ),
    }),
    refusals,
    guard: (use, given) => holdToReturn(use, given),
    run: (use, given, held) => returnTask(use, given, held),
    success: decided,
  });
  builder.useCase('handOverFormTask', {
    description: 'Gives your turn to somebody else. You go on reading the form.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({ ...onTask(t), employeeId: employeeId(t, 'Who takes it.'), comment: comment(t) }),
    refusals,
    guard: (use, given) => holdTask(use, given, withPerson('HAND_OVER', given.employeeId)),
    run: (use, { taskId, comment }, held) => actOnTask(use, held, { kind: 'HAND_OVER', taskId, to: picked(held) }, { words: { comment } }),
    success: decided,
  });
  builder.useCase('addFormApprover', {
    description: 'Adds an approver before or after your own turn.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({
      ...onTask(t),
      employeeId: employeeId(t, 'Whom to add.'),
      when: t.choice(AddedApproverPlace, { description: 'Before you or after you.' }),
      comment: comment(t),
    }),
    refusals,
    guard: (use, given) => holdTask(use, given, withPerson('ADD', given.employeeId)),
    run: (use, given, held) => addApprover(use, given, held),
    success: decided,
  });
  declareOpinions(builder);
}

function declareOpinions(builder: GuichetBuilder): void {
  builder.useCase('consultOnFormTask', {
    description: 'Asks somebody for an opinion. The decision stays yours, and need not wait for it.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({ ...onTask(t), employeeId: employeeId(t, 'Whom to ask.'), question: reason(t, 'What you want to know.') }),
    refusals,
    guard: (use, given) => holdTask(use, given, withPerson('CONSULT', given.employeeId)),
    run: (use, { taskId, question }, held) =>
      actOnTask(use, held, { kind: 'CONSULT', taskId, who: picked(held) }, { words: { comment: question, question } }),
    success: decided,
  });
  builder.useCase('answerConsultation', {
    description: 'Gives the opinion that you were asked for: you hold a task of the kind OPINION.',
    rule: task.decide,
    doesOnce: true,
    input: (t) => ({ ...onTask(t), answer: t.name({ description: 'Your opinion; the customer never sees it.', max: MOST_SAID }) }),
    refusals: [taskAlreadyDecided, versionConflict, formMoveNotAllowed],
    guard: (use, given) => holdTask(use, given, { kind: 'ANSWER' }),
    run: (use, { taskId, answer }, held) => actOnTask(use, held, { kind: 'ANSWER', taskId }, { words: { comment: answer } }),
    success: decided,
  });
}
