import { momentIn, type PlacedRecord } from '../../sdk/core.ts';
import { type Answer, encodeGlobalId, JobFailure, type JobWork, readingAs } from '../../sdk/index.ts';
import type { ExportedField, ExportPlan } from './export-columns.ts';
import { type ReadForm, rowsOf } from './export-rows.ts';

/** What is exported: forms of a template (its UUID) that a filter admits, as `Query.businessForms` takes it. */
export interface ExportAsked {
  readonly templateId?: string;
  readonly where?: unknown;
}
type Work = JobWork<unknown, undefined>;

const DEFINITION = 'id label kind currency';
const FACTS = `query ($where: BusinessFormFilter, $template: ID!, $ofTemplate: Boolean!) {
  businessForms(where: $where) { totalCount } organization { timeZone }
  formTemplate(id: $template) @include(if: $ofTemplate) { versions { fields { ${DEFINITION} columns { ${DEFINITION} } } } } }`;
const VALUE = 'field { id } text ... on NumberValue { number } ... on MoneyValue { money { amount currency } } ... on DateValue { date }';
/** Forms on a page: with all their answers and tasks, as many as one question may ask for. */
const PAGE = 25;
const FORMS = `query ($where: BusinessFormFilter, $after: Cursor, $ofTemplate: Boolean!) {
  businessForms(where: $where, first: ${PAGE}, after: $after) { pageInfo { hasNextPage endCursor } nodes {
    viewerRoles number state submittedAt endedAt template { name } contact { name company { name } } tasks(first: 50) { nodes { assignee { name } } }
    answers @include(if: $ofTemplate) { value { ${VALUE} ... on LinesValue { lines { values { ${VALUE} } } totals { ${VALUE} } } } } } } }`;

/** Asks as the seat that exports, with the rights that it has at that moment. @throws JobFailure where the filter is not to be had */
async function ask<Data extends { readonly businessForms: unknown }>(
  work: Work,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  const { seat, reading } = await work.perform(async (use) => ({ seat: use.seat, reading: use.service(readingAs) }));
  const { data, errors }: Answer<Data> = await reading.ask(seat, document, variables, work.language);
  if (!data?.businessForms) throw new JobFailure(errors[0] ?? { code: 'INTERNAL', message: '' });
  return data;
}

function variablesOf({ templateId, where }: ExportAsked) {
  if (templateId === undefined) return { where, template: '', ofTemplate: false };
  const template = encodeGlobalId('FormTemplate', templateId);
  const { and, ...rest } = (where ?? {}) as { readonly and?: readonly object[] | null };
  const ofTemplate = { template: { equals: template } };
  return { where: where ? { ...rest, and: [...(and ?? []), ofTemplate] } : ofTemplate, template, ofTemplate: true };
}

interface Facts {
  readonly total: number;
  readonly timeZone: string;
  /** Fields of the template's versions, the newest first. */
  readonly versions: readonly (readonly ExportedField[])[];
}
export async function exportFacts(work: Work, asked: ExportAsked): Promise<Facts> {
  const { businessForms, organization, formTemplate } = await ask<{
    readonly businessForms: { readonly totalCount: number } | null;
    readonly organization: { readonly timeZone: string };
    readonly formTemplate?: { readonly versions: readonly { readonly fields: readonly ExportedField[] }[] } | null;
  }>(work, FACTS, variablesOf(asked));
  const versions = (formTemplate?.versions ?? []).map(({ fields }) => fields);
  return { total: businessForms!.totalCount, timeZone: organization.timeZone, versions };
}

/** A workbook is held until its last row has come. */
const MOST_FORMS = 20_000;
const TOO_MANY = {
  en: `At most ${MOST_FORMS} forms go into one workbook. Narrow the filter, such as to fewer days.`,
  'zh-CN': `一个工作簿最多写入 ${MOST_FORMS} 份表单。请缩小筛选范围，例如缩短日期区间。`,
};
interface Page {
  readonly businessForms: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly ReadForm[];
  } | null;
}

/** The rows of the file, a page at a time. Only forms that are the seat's to export: where it is an ADMIN. */
export async function* exportPages(
  work: Work,
  asked: ExportAsked,
  { total, timeZone, plan }: Facts & { readonly plan: ExportPlan },
  written: (forms: number) => void,
): AsyncGenerator<readonly PlacedRecord[]> {
  const { where, ofTemplate } = variablesOf(asked);
  const moment = momentIn(timeZone);
  let done = 0;
  let after: string | null = null;
  for (;;) {
    const page: Page = await ask<Page>(work, FORMS, { where, ofTemplate, after });
    const { nodes, pageInfo }: NonNullable<Page['businessForms']> = page.businessForms!;
    const own = nodes.filter(({ viewerRoles }) => viewerRoles.includes('ADMIN'));
    done += nodes.length;
    if (done > MOST_FORMS) throw new JobFailure({ code: 'TOO_MANY', message: TOO_MANY });
    written(own.length);
    yield own.flatMap((form) => rowsOf(form, plan, moment));
    if (!pageInfo.hasNextPage) return;
    await work.progress(done, Math.max(total, done));
    after = pageInfo.endCursor;
  }
}
