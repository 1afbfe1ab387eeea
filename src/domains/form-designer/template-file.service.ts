import { type Issue, invalid, type UseCase, validationFailed } from '../../sdk/index.ts';
import { conditionFaultsOf } from './condition.input.ts';
import type { GivenDraft } from './draft.input.ts';
import { createTemplate, type Draft, draftOf, editDraft, type HeldTemplate, holdTemplate } from './draft.service.ts';
import { type FileEmployee, type FileTemplate, readTemplateFile } from './template-file.format.ts';
import { findingIn, namingFor } from './template-file.people.ts';
import { conditionsIn, doubledIds, draftOfFile } from './template-file.reading.rules.ts';
import { templateFile } from './template-file.writing.rules.ts';

const FILE = ['input', 'file'];
const OF_ANOTHER_KIND = {
  en: 'This is a template of another kind of form than it is to become.',
  'zh-CN': '该文件所属的表单类型与目标模板不同。',
};
const GENERAL = 'GENERAL';

/** The draft of a template as the text of a file: what was published, where nobody has edited it since. */
export async function exportTemplate(use: UseCase, template: HeldTemplate): Promise<string> {
  const draft = await draftOf(use, template);
  return templateFile({ ...draft, kind: template.kind }, await namingFor(use, draft.body));
}

/** Reads a file, without looking whom it names. @throws ValidationFailed with everything that is wrong, each with its place in the file */
export function takeFile(text: string): FileTemplate {
  const read = readTemplateFile(text, FILE);
  if ('issues' in read) throw validationFailed({ issues: read.issues }, read.issues[0]!.path);
  const issues = [
    ...doubledIds(read.file, FILE),
    ...conditionsIn(read.file, FILE).flatMap(({ condition, path }) => conditionFaultsOf(condition, path)),
  ];
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  return read.file;
}

/**
 * Makes what a file says the draft of a template: of a new one, or over that of one that is there. It is published by nobody but people.
 * @returns the template's id. @throws ValidationFailed
 */
export async function importTemplate(
  use: UseCase,
  file: FileTemplate,
  into: { readonly template: HeldTemplate; readonly draft: Draft } | undefined,
): Promise<string> {
  if (file.kind !== (into?.template.kind ?? GENERAL)) throw invalid([...FILE, 'kind'], 'OF_ANOTHER_KIND', OF_ANOTHER_KIND);
  const issues: Issue[] = [];
  const finding = await findingIn(use, employeesIn(file), (issue) => issues.push(issue));
  const given = draftOfFile(file, finding, FILE);
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  if (into) {
    await editDraft(use, into.template, into.draft, withNamed(given, into.draft), FILE);
    return into.template.id;
  }
  const templateId = await createTemplate(use, { name: file.name });
  await use.em.flush();
  const template = await holdTemplate(use, templateId);
  await editDraft(use, template, await draftOf(use, template), given, FILE);
  return templateId;
}

/** Contacts who are named one by one are in no file: they stay as they are. */
function withNamed(given: GivenDraft, { body }: Draft): GivenDraft {
  const { contacts } = body.audience;
  if (given.audience?.contacts !== 'SOME' || typeof contacts !== 'object') return given;
  return { ...given, audience: { ...given.audience, contactIds: contacts.contactIds } };
}

/** Everybody whom a file names, wherever. */
function employeesIn(value: unknown): FileEmployee[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) => (key === 'employee' ? [of as FileEmployee] : employeesIn(of)));
}
