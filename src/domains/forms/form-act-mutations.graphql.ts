import { fieldValues, type GuichetBuilder, submitRefusals, versionConflict } from '../../sdk/index.ts';
import { formMoveNotAllowed, remindedLately } from './form.refusals.ts';
import { actOnForm, confirmForm, holdForm } from './form-acts.service.ts';
import { formId, moved, reason } from './form-payloads.graphql.ts';
import { form } from './permissions.ts';
import { remindForm } from './reminding.service.ts';
import { holdToResubmit, resubmitForm } from './resubmitting.service.ts';
import { backOf } from './returning.service.ts';
import { withdrawForm } from './withdrawing.service.ts';

const refusals = [formMoveNotAllowed, ...submitRefusals];

/** What a customer does with a form of theirs, and what both sides do. */
export function formActMutations(builder: GuichetBuilder): void {
  builder.useCase('confirmForm', {
    description: 'The customer confirms: the form is done.',
    rule: form.confirm,
    doesOnce: true,
    input: (t) => ({ formId: formId(t) }),
    refusals,
    guard: (use, { formId: id }) => holdForm(use, id, 'CONFIRM', form.confirm),
    run: (use, _, held) => confirmForm(use, held),
    success: moved,
  });
  builder.useCase('disputeForm', {
    description: 'The customer does not confirm, and says why: whoever decided last has the turn again.',
    rule: form.correct,
    doesOnce: true,
    input: (t) => ({ formId: formId(t), reason: reason(t, 'What is not as it should be.') }),
    refusals,
    guard: (use, { formId: id }) => holdForm(use, id, 'DISPUTE', form.correct),
    run: async (use, { reason: comment }, held) =>
      actOnForm(use, held, { kind: 'DISPUTE' }, { facts: await backOf(use, held.form), words: { comment } }),
    success: moved,
  });
  builder.useCase('withdrawForm', {
    description: 'The customer takes a form back, as far as its template lets them.',
    rule: form.correct,
    doesOnce: true,
    input: (t) => ({ formId: formId(t), reason: t.text({ description: 'Why.', required: false, max: 2_000 }) }),
    refusals,
    guard: (use, { formId: id }) => holdForm(use, id, 'WITHDRAW', form.correct),
    run: (use, given, held) => withdrawForm(use, held, given.reason),
    success: moved,
  });
  builder.useCase('resubmitForm', {
    description:
      'The customer hands a form in again that was returned for correction, with what was asked for (`correctionFields`) corrected. Its number and its history stay.',
    rule: form.correct,
    doesOnce: true,
    input: (t) => ({
      formId: formId(t),
      values: t.parsed(
        fieldValues(
          'Values of the fields of the form’s own version, each once. What is left out stays as it was, and so must what was not asked for.',
        ),
      ),
      expectedVersion: t.integer({ description: 'The `customerVersion` that you have read.', required: false, min: 1 }),
    }),
    refusals: [...refusals, versionConflict],
    guard: (use, given) => holdToResubmit(use, given),
    run: (use, given, held) => resubmitForm(use, given, held),
    success: moved,
  });
  declareTalking(builder);
}

function declareTalking(builder: GuichetBuilder): void {
  builder.useCase('commentOnForm', {
    description:
      'Says something about a form: to those inside, or, across the border, to the customer. What a customer says, those inside read.',
    rule: form.comment,
    doesOnce: true,
    input: (t) => ({
      formId: formId(t),
      text: reason(t, 'What you have to say.'),
      toCustomer: t.flag({
        description: 'The customer reads it too. What a customer says crosses the border in any case.',
        required: false,
      }),
    }),
    refusals,
    guard: (use, { formId: id }) => holdForm(use, id, 'COMMENT', form.comment),
    run: (use, { text, toCustomer = false }, held) => actOnForm(use, held, { kind: 'COMMENT', toCustomer }, { words: { comment: text } }),
    success: moved,
  });
  builder.useCase('remindForm', {
    description: 'Reminds whoever has the turn: the customer those inside, those inside each other and the customer. Once in four hours.',
    rule: form.comment,
    doesOnce: true,
    input: (t) => ({ formId: formId(t) }),
    refusals: [...refusals, remindedLately],
    guard: (use, { formId: id }) => holdForm(use, id, 'REMIND', form.comment),
    run: (use, _, held) => remindForm(use, held),
    success: moved,
  });
}
