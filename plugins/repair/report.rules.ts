/** What is written on the page. */
export interface Report {
  readonly qr: string;
  readonly problem: string;
  readonly name: string;
  readonly phone: string;
  readonly code: string;
}
export const REPORT_FIELDS = ['qr', 'problem', 'name', 'phone', 'code'] as const satisfies readonly (keyof Report)[];
/** Characters of each at the most. */
export const MOST_WRITTEN: Readonly<Record<keyof Report, number>> = { qr: 200, problem: 4_000, name: 100, phone: 40, code: 12 };
export type ReportFault = 'EMPTY' | 'TOO_LONG';

/** Marks that turn the direction of writing: a text could be read as another than it is. */
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** As a form of a page sends it: without what no form of ours has, and without marks of direction. */
export function reportIn(body: string): Report {
  const sent = new URLSearchParams(body);
  return Object.fromEntries(
    REPORT_FIELDS.map((field) => [field, (sent.get(field) ?? '').replaceAll(TURNS, '').trim()]),
  ) as unknown as Report;
}

/** What is wrong with what was written, by fields; the code comes later, and the phone is read apart. */
export function faultsOfReport(report: Report): ReadonlyMap<keyof Report, ReportFault> {
  const wrong = REPORT_FIELDS.filter((field) => field !== 'code').flatMap((field): [keyof Report, ReportFault][] => {
    if (!report[field]) return [[field, 'EMPTY']];
    return report[field].length > MOST_WRITTEN[field] ? [[field, 'TOO_LONG']] : [];
  });
  return new Map(wrong);
}
