import { type GuichetBuilder, submitRefusals } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { fieldValues } from '../fields/index.ts';
import { FormDraft, FormTemplate } from './form.refs.ts';
import { findToSubmit } from './form-drafting.service.ts';
import { moved } from './form-payloads.graphql.ts';
import { submitForm } from './form-submit.service.ts';
import { form } from './permissions.ts';

export function formMutations(builder: GuichetBuilder): void {
  builder.useCase('submitForm', {
    description: 'Hands in a form whose template has no kind with a mutation of its own; employees on behalf of a contact.',
    rule: form.submit,
    doesOnce: true,
    input: (t) => ({
      templateId: t.globalId(FormTemplate, { description: 'The template.' }),
      contactId: t.globalId(Contact, {
        description: 'For whom it is, where you hand it in on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      draftId: t.globalId(FormDraft, {
        description: 'The draft that it was: what it holds is handed in under what `values` say, and the draft is gone.',
        required: false,
      }),
      values: t.parsed(fieldValues('Values of the template’s fields, each once. What is left out is not answered.')),
    }),
    refusals: submitRefusals,
    guard: (use, given) => findToSubmit(use, given),
    run: async (use, { templateId, values }, { draft, ...given }) => {
      const { formId } = await submitForm(use, { ...given, templateId, values }, draft);
      return { formId };
    },
    success: moved,
  });
}
