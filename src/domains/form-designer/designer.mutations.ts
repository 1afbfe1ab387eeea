import { type GuichetBuilder, type InputMaker, type PayloadFields, type UseCase, versionConflict } from '../../sdk/index.ts';
import { FormTemplate, form } from '../forms/index.ts';
import { draftInputs, type GivenDraft, named } from './draft.input.ts';
import { createTemplate, editDraft, expectedDraft, holdDraft, holdTemplate } from './draft.service.ts';
import { findReferences } from './draft-people.service.ts';
import { type Published, publishDraft } from './publishing.service.ts';
import { type TemplateReason, templateHasOpenForms, templateNotPublishable } from './template-reason.ts';
import { deleteTemplate, setEnabled } from './template-standing.service.ts';

const rule = form.design;
const templateId = (t: InputMaker) => t.globalId(FormTemplate, { description: 'The template.' });
const expectedVersion = (t: InputMaker) => t.integer({ description: 'Version of the draft that you have read.', min: 0 });
const success = (t: PayloadFields<{ templateId: string }>) => ({
  template: t.loaded(FormTemplate, 'templateId', { description: 'The template as it is now.', rule: form.templates }),
});

/** Admins with FORMS for the whole organization design templates (spec 6.1). */
export function designerMutations(builder: GuichetBuilder): void {
  declareReason(builder);
  declareDrafting(builder);
  declarePublishing(builder);
  declareStanding(builder);
}

function declareReason(builder: GuichetBuilder): void {
  builder.objectRef<Omit<TemplateReason, 'message' | 'example'> & { message: string; example?: string }>('FormTemplateReason').implement({
    description: 'Why a draft cannot be published, or what of it had better be looked at again.',
    fields: (t) => ({
      code: t.exposeString('code', { description: 'What it is, for programs.', rule }),
      path: t.stringList({ description: 'Where in the draft.', rule, resolve: ({ path }) => [...path] }),
      message: t.exposeString('message', { description: 'What it is, for people.', rule }),
      example: t.string({ nullable: true, description: 'A case in which it happens.', rule, resolve: ({ example }) => example ?? null }),
    }),
  });
}

function declareDrafting(builder: GuichetBuilder): void {
  const draftInput = draftInputs(builder);
  builder.useCase('createFormTemplate', {
    description: 'Makes a template, of which nothing is published yet.',
    rule,
    doesOnce: true,
    input: (t) => ({ name: t.name({ description: 'Its name.' }), ...named(t) }),
    run: async (use, given) => ({ templateId: await createTemplate(use, given) }),
    success,
  });
  builder.useCase('updateFormTemplateDraft', {
    description: 'Edits the draft of a template, which may stay unfinished. Forms are filled in by what is published.',
    rule,
    input: (t) => ({
      templateId: templateId(t),
      expectedVersion: expectedVersion(t),
      draft: t.objectOf(draftInput, { description: 'The edit.' }),
    }),
    refusals: [versionConflict],
    guard: async (use, { templateId, expectedVersion, draft }) => {
      const template = await holdTemplate(use, templateId);
      await findReferences(use, draft as GivenDraft); // whatever is not there is told before another's edit is (api 1)
      return { template, draft: await expectedDraft(use, template, expectedVersion) };
    },
    run: async (use, { templateId, draft: given }, { template, draft }) => {
      await editDraft(use, template, draft, given as GivenDraft);
      return { templateId };
    },
    success,
  });
}

function declarePublishing(builder: GuichetBuilder): void {
  builder.useCase('publishFormTemplate', {
    description:
      'Publishes the draft as a new version; a draft that is published already makes none. It is tried out first on the organization as it is, in up to 10,000 cases.',
    rule,
    input: (t) => ({ templateId: templateId(t), expectedVersion: expectedVersion(t) }),
    refusals: [versionConflict, templateNotPublishable],
    guard: holdDraft,
    run: (use, _, { template, draft }) => publishDraft(use, template, draft) as Promise<never>,
    success: (t: PayloadFields<Published>) => ({
      ...success(t as never),
      warnings: t.field({
        type: ['FormTemplateReason'] as never,
        description: 'What had better be looked at again.',
        rule,
        resolve: (({ warnings }: Published, _: unknown, { language }: { language: 'en' | 'zh-CN' }) =>
          warnings.map(({ message, example, ...one }) => ({ ...one, message: message[language], example: example?.[language] }))) as never,
      }),
      casesExplored: t.int({ description: 'In how many cases it was tried out.', rule, resolve: ({ explored }) => explored.cases }),
      casesUnchecked: t.float({
        description: 'In how many it was not, because there are too many.',
        rule,
        resolve: ({ explored }) => explored.of - explored.cases,
      }),
    }),
  });
}

function declareStanding(builder: GuichetBuilder): void {
  const guard = (use: UseCase, { templateId }: { readonly templateId: string }) => holdTemplate(use, templateId);
  for (const [name, enabled, description] of [
    ['enableFormTemplate', true, 'Lets forms of a template be submitted again.'],
    ['disableFormTemplate', false, 'Stops forms of a template from being submitted; those on their way go on.'],
  ] as const)
    builder.useCase(name, {
      description,
      rule,
      input: (t) => ({ templateId: templateId(t) }),
      guard,
      run: async (use, { templateId }) => {
        await setEnabled(use, templateId, enabled);
        return { templateId };
      },
      success,
    });
  builder.useCase('deleteFormTemplate', {
    description: 'Deletes a template: nobody finds or submits it any more. Its forms stay, and those on their way go on.',
    rule,
    input: (t) => ({
      templateId: templateId(t),
      confirmOpenForms: t.flag({ description: 'That forms of it are on their way is known.', required: false }),
    }),
    refusals: [templateHasOpenForms],
    guard,
    run: async (use, { templateId, confirmOpenForms = false }, template) => ({
      templateId,
      openForms: await deleteTemplate(use, template, confirmOpenForms),
    }),
    success: (t) => ({
      openForms: t.exposeInt('openForms', { description: 'How many forms are on their way.', rule }),
    }),
  });
}
