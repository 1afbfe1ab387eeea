import { fieldValues, type GuichetBuilder, submitRefusals } from '../../sdk/index.ts';
import { Contact } from '../contacts/index.ts';
import { Employee } from '../directory/index.ts';
import { FormDraft, FormTemplate } from './form.refs.ts';
import { approverNotAllowed } from './form.refusals.ts';
import { findToSubmit } from './form-drafting.service.ts';
import { moved } from './form-payloads.graphql.ts';
import { submitAmongColleagues, submitForm } from './form-submit.service.ts';
import { form } from './permissions.ts';

export function formMutations(builder: GuichetBuilder): void {
  builder.useCase('submitForm', {
    description:
      'Hands in a form whose template has no kind with a mutation of its own; employees on behalf of a contact, or, without one, among themselves.',
    rule: form.submit,
    doesOnce: true,
    input: (t) => ({
      templateId: t.globalId(FormTemplate, { description: 'The template.' }),
      contactId: t.globalId(Contact, {
        description: 'For whom it is, where you hand it in on behalf of a contact; a contact leaves it out.',
        required: false,
      }),
      approverId: t.globalId(Employee, {
        description:
          'Employees: who approves first, where the template does not fix it. Needed among colleagues; on behalf of a contact it is the owner otherwise.',
        required: false,
      }),
      draftId: t.globalId(FormDraft, {
        description: 'The draft that it was: what it holds is handed in under what `values` say, and the draft is gone.',
        required: false,
      }),
      values: t.parsed(fieldValues('Values of the template’s fields, each once. What is left out is not answered.')),
    }),
    refusals: [...submitRefusals, approverNotAllowed],
    guard: (use, given) => findToSubmit(use, given),
    run: async (use, { templateId, values, approverId }, { draft, isInternal, ...given }) => {
      const submit = isInternal ? submitAmongColleagues : submitForm;
      const { formId } = await submit(use, { ...given, templateId, values }, { draft, approverId });
      return { formId };
    },
    success: moved,
  });
}
