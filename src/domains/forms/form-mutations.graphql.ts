import { type GuichetBuilder, submitRefusals } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { fieldValues } from '../fields/index.ts';
import { FormTemplate } from './form.refs.ts';
import { moved } from './form-payloads.graphql.ts';
import { findGeneralKind, submitForm } from './form-submit.service.ts';
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
      values: t.parsed(fieldValues('Values of the template’s fields, each once. What is left out is not answered.')),
    }),
    refusals: submitRefusals,
    guard: (use, given) => findGeneralKind(use, given),
    run: async (use, { values, ...given }, kind) => {
      const { formId } = await submitForm(use, { kind, ...given, values });
      return { formId };
    },
    success: moved,
  });
}
