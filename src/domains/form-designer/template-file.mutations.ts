import { type GuichetBuilder, type input, type UseCase, versionConflict } from '../../sdk/index.ts';
import { FormTemplate, form } from '../forms/index.ts';
import { type Draft, expectedDraft, type HeldTemplate, holdTemplate } from './draft.service.ts';
import { exportTemplate, importTemplate, takeFile } from './template-file.service.ts';

const rule = form.design;
const MOST_PIECES = 30;
/** A variable holds no longer text, so a long file comes in pieces; nothing of them is trimmed. */
const pieces: input.InputField<string> = {
  type: '[String]',
  required: true,
  description: 'The file’s text: whole, or cut into pieces where it is longer than 32,000 characters.',
  bound: `At most ${MOST_PIECES} items. At most 32,000 characters.`,
  parse: (given, path, report) => {
    const parts = given as readonly string[];
    if (parts.length > MOST_PIECES) report({ path, code: 'TOO_MANY', message: TOO_MANY });
    return parts.join('');
  },
};
const TOO_MANY = { en: `A file comes in at most ${MOST_PIECES} pieces.`, 'zh-CN': `文件最多分为 ${MOST_PIECES} 段。` };

/** A template as a file, between organizations and in git (spec 6.1). */
export function templateFiles(builder: GuichetBuilder): void {
  builder.useCase('exportFormTemplate', {
    description:
      'Writes the draft of a template as JSON, in one order, so that two files differ in what has changed. People, departments and tags are named; contacts who may submit it one by one stay out.',
    rule,
    input: (t) => ({ templateId: t.globalId(FormTemplate, { description: 'The template.' }) }),
    guard: (use, { templateId }) => holdTemplate(use, templateId),
    run: async (use, _, template) => ({ file: await exportTemplate(use, template) }),
    success: (t) => ({ file: t.exposeString('file', { description: 'The file’s text.', rule }) }),
  });
  builder.useCase('importFormTemplate', {
    description:
      'Makes what a file of `exportFormTemplate` says the draft of a template; nothing of it is published. Fields keep their ids. What names nobody here is refused, with its place in the file.',
    rule,
    doesOnce: true,
    input: (t) => ({
      file: t.parsed(pieces),
      templateId: t.globalId(FormTemplate, {
        description: 'The template whose draft it becomes; a new one where it is left out.',
        required: false,
      }),
      expectedVersion: t.integer({
        description: 'With `templateId`: version of the draft that you have read.',
        required: false,
        min: 0,
      }),
    }),
    refusals: [versionConflict],
    guard: holdTarget,
    run: async (use, { file }, into) => ({ templateId: await importTemplate(use, takeFile(file), into) }),
    success: (t) => ({
      template: t.loaded(FormTemplate, 'templateId', { description: 'The template as it is now.', rule: form.templates }),
    }),
  });
}

/** @throws NotFound, FORBIDDEN, VersionConflict */
async function holdTarget(
  use: UseCase,
  { templateId, expectedVersion = 0 }: { readonly templateId?: string; readonly expectedVersion?: number },
): Promise<{ readonly template: HeldTemplate; readonly draft: Draft } | undefined> {
  if (templateId === undefined) return undefined;
  const template = await holdTemplate(use, templateId);
  return { template, draft: await expectedDraft(use, template, expectedVersion) };
}
