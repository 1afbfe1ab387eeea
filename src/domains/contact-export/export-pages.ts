import { momentIn } from '../../sdk/core.ts';
import { type Answer, JobFailure, type JobWork, readingAs } from '../../sdk/index.ts';
import { COUNT_QUERY, type EXPORT_COLUMNS, type ExportColumns, pageQuery, type ReadContact } from './export.columns.ts';

/** What is exported: a list with its filters, as `Query.contacts` takes it. */
export interface ExportAsked {
  readonly list: string;
  readonly search?: string | null;
  readonly where?: unknown;
  readonly columns: readonly string[];
}
type Work = JobWork<unknown, undefined>;
type ExportedRow = Readonly<Record<string, string | readonly string[] | null | undefined>>;
interface Page {
  readonly contacts: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly nodes: readonly ReadContact[];
  } | null;
}

/**
 * Asks as the seat that exports, with the rights that it has at that moment: what it may not find is not on a page, and a value that it may
 * not read is null. @throws JobFailure where the list is not the seat's to use, or the filter not to be had
 */
async function ask<Data extends { readonly contacts: unknown }>(
  work: Work,
  document: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Data> {
  const { seat, reading } = await work.perform(async (use) => ({ seat: use.seat, reading: use.service(readingAs) }));
  const { data, errors }: Answer<Data> = await reading.ask(seat, document, variables, work.language);
  if (!data?.contacts) throw new JobFailure(errors[0] ?? { code: 'INTERNAL', message: '' });
  return data;
}

const variablesOf = ({ list, search, where }: ExportAsked) => ({ list, search: search ?? undefined, where: where ?? undefined });

/** How many there are, and the zone of the organization's clocks. */
export async function exportFacts(work: Work, asked: ExportAsked): Promise<{ total: number; timeZone: string }> {
  type Facts = { readonly contacts: { readonly totalCount: number } | null; readonly organization: { readonly timeZone: string } };
  const { contacts, organization } = await ask<Facts>(work, COUNT_QUERY, variablesOf(asked));
  return { total: contacts!.totalCount, timeZone: organization.timeZone };
}

/** The rows of the file, a page at a time, as they are taken. Only those that are the seat's to export: where it is an ADMIN (spec 2.3). */
export async function* exportPages(
  work: Work,
  asked: ExportAsked,
  { total, timeZone, columns }: { total: number; timeZone: string; columns: ExportColumns },
  written: (rows: number) => void,
): AsyncGenerator<readonly ExportedRow[]> {
  const document = pageQuery(columns);
  const moment = momentIn(timeZone);
  let done = 0;
  let after: string | null = null;
  for (;;) {
    const page: Page = await ask<Page>(work, document, { ...variablesOf(asked), after });
    const { nodes, pageInfo }: NonNullable<Page['contacts']> = page.contacts!;
    const rows = nodes.filter(({ viewerRoles }) => viewerRoles.includes('ADMIN')).map((contact) => recordOf(contact, columns, moment));
    written(rows.length);
    done += nodes.length;
    yield rows;
    if (!pageInfo.hasNextPage) return;
    await work.progress(done, Math.max(total, done));
    after = pageInfo.endCursor;
  }
}

const recordOf = (
  contact: ReadContact,
  columns: ExportColumns,
  moment: Parameters<(typeof EXPORT_COLUMNS)[string]['cell']>[1],
): ExportedRow => Object.fromEntries(Object.entries(columns).map(([name, { cell }]) => [name, cell(contact, moment)]));
