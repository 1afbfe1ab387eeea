import type { TestSeat } from '../../../src/testing/test-seat.ts';

const OUTCOME = '__typename ... on UserError { code path message } ... on ValidationFailed { issues { path code message } }';
const CREATE = `mutation ($input: CreateFormTemplateInput!) { createFormTemplate(input: $input) { ${OUTCOME}
  ... on CreateFormTemplateSuccess { template { id name enabled currentVersion draft { version } } } } }`;
const EDIT = `mutation ($input: UpdateFormTemplateDraftInput!) { updateFormTemplateDraft(input: $input) { ${OUTCOME}
  ... on UpdateFormTemplateDraftSuccess { template { id draft { version fields { id name } } } } } }`;
const PUBLISH = `mutation ($input: PublishFormTemplateInput!) { publishFormTemplate(input: $input) { ${OUTCOME}
  ... on TemplateNotPublishable { reasons { code path message example } }
  ... on PublishFormTemplateSuccess { template { id name currentVersion versions { version } } warnings { code path message example } casesExplored casesUnchecked } } }`;

let count = 0;
export const create = async (seat: TestSeat, more: object = {}) =>
  (await seat.ask(CREATE, { input: { name: 'Repair report', idempotencyKey: `template-${++count}`, ...more } })).data.createFormTemplate;
export const edit = async (seat: TestSeat, templateId: string, expectedVersion: number, draft: object) =>
  (await seat.ask(EDIT, { input: { templateId, expectedVersion, draft } })).data.updateFormTemplateDraft;
export const publishDraft = async (seat: TestSeat, templateId: string, expectedVersion: number) =>
  (await seat.ask(PUBLISH, { input: { templateId, expectedVersion } })).data.publishFormTemplate;

/** A template with a draft. @returns its id and the version of the draft */
export async function drafted(seat: TestSeat, draft: object): Promise<{ id: string; version: number }> {
  const { template } = await create(seat);
  const edited = await edit(seat, template.id, template.draft.version, draft);
  if (!edited.template) throw new Error(JSON.stringify(edited));
  return { id: template.id, version: edited.template.draft.version };
}
/** @returns what publishing a draft of a new template says */
export async function published(seat: TestSeat, draft: object) {
  const { id, version } = await drafted(seat, draft);
  return { id, version, outcome: await publishDraft(seat, id, version) };
}
export const reasonsOf = (outcome: { reasons?: { code: string; path: string[] }[] }): string[] =>
  (outcome.reasons ?? []).map(({ code, path }) => `${code} ${path.join('.')}`);

export const WISH = { name: 'wish', label: 'What do you wish?', kind: 'TEXT', required: true };
