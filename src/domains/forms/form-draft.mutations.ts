import { encodeGlobalId, fieldValues, type GuichetBuilder, type PayloadFields, submitRefusals, versionConflict } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { FormDraft, FormTemplate } from './form.refs.ts';
import { formMoveNotAllowed } from './form.refusals.ts';
import { copyForm, holdToCopy } from './form-copying.service.ts';
import { holdDraft, saveDraft, throwAway } from './form-draft.service.ts';
import { findToDraft } from './form-drafting.service.ts';
import { formId } from './form-payloads.graphql.ts';
import { form } from './permissions.ts';

const success = (t: PayloadFields<{ readonly draftId: string }>) => ({
  draft: t.loaded(FormDraft, 'draftId', { description: 'The draft as it is now.', rule: form.draft }),
});

export function draftMutations(builder: GuichetBuilder): void {
  builder.useCase('saveFormDraft', {
    description:
      'Saves a form that you have begun. It may be unfinished: what is given must be of its field’s kind, and nothing is asked for. `submitForm(draftId)` hands it in.',
    rule: form.draft,
    doesOnce: true,
    input: (t) => ({
      draftId: t.globalId(FormDraft, { description: 'The draft; left out for a new one.', required: false }),
      expectedVersion: t.integer({ description: 'The `version` of the draft that you have read.', required: false, min: 1 }),
      templateId: t.globalId(FormTemplate, { description: 'The template of a new draft.', required: false }),
      contactId: t.globalId(Contact, {
        description: 'For whom you are going to hand it in, where you are an employee. What was said stays.',
        required: false,
      }),
      values: t.parsed(fieldValues('Values of the template’s fields, each once. What is left out stays as it was.')),
    }),
    refusals: [...submitRefusals, versionConflict],
    guard: (use, given) => findToDraft(use, given),
    run: async (use, { contactId, values }, { templateId, draft }) => ({
      draftId: await saveDraft(use, { templateId, contactId, values }, draft),
    }),
    success,
  });
  builder.useCase('deleteFormDraft', {
    description: 'Throws a draft away.',
    rule: form.draft,
    input: (t) => ({ draftId: t.globalId(FormDraft, { description: 'The draft.' }) }),
    guard: (use, { draftId }) => holdDraft(use, draftId),
    run: async (use, { draftId }, draft) => {
      await throwAway(use, draft);
      return { draftId: encodeGlobalId('FormDraft', draftId) };
    },
    success: (t) => ({ draftId: t.exposeID('draftId', { description: 'Global id that the draft had.', rule: form.draft }) }),
  });
  builder.useCase('copyForm', {
    description:
      'Makes a draft of a form of yours that was rejected, withdrawn or ended, to be put right and handed in again: with what fits its template as it is now. Files are sent again.',
    rule: form.draft,
    doesOnce: true,
    input: (t) => ({ formId: formId(t) }),
    refusals: [...submitRefusals, formMoveNotAllowed],
    guard: (use, given) => holdToCopy(use, given.formId),
    run: async (use, _, found) => ({ draftId: await copyForm(use, found) }),
    success,
  });
}
