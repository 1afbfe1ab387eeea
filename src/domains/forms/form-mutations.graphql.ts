import { type GuichetBuilder, submitRefusals } from '../../sdk/index.ts';
import { fieldValues } from '../fields/index.ts';
import { FormTemplate } from './form.refs.ts';
import { moved } from './form-payloads.graphql.ts';
import { findGeneralKind, submitForm } from './form-submit.service.ts';
import { form } from './permissions.ts';

export function formMutations(builder: GuichetBuilder): void {
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
}
