import type { Language, RouteAnswer } from '@guichet/sdk';
import { MOST_WRITTEN, type Report } from './report.rules.ts';
import { WORDS } from './report-page.words.ts';

export interface ReportPage {
  readonly language: Language;
  readonly written: Report;
  /** What is wrong with what was written, for people. */
  readonly faults?: ReadonlyMap<keyof Report, string>;
  /** What is wrong with all of it. */
  readonly fault?: string;
}
const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark]!);

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f5f5f4;color:#1c1917}main{max-width:28rem;margin:0 auto;padding:1.5rem}label{display:block;margin-top:1rem}input,textarea{width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #a8a29e;border-radius:.4rem}button{margin-top:1.5rem;width:100%;font:inherit;padding:.7rem;border:0;border-radius:.4rem;background:#1d4ed8;color:#fff}.fault{color:#b91c1c;margin:.2rem 0}';
/** It works without scripts, and is shown in no frame. */
const HEADERS = {
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'X-Frame-Options': 'DENY',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};
const answer = (status: number, language: Language, body: string): RouteAnswer => {
  const { title } = WORDS[language];
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style>`;
  const page = `<!doctype html>\n<html lang="${language}"><head>${head}</head><body><main><h1>${title}</h1>${body}</main></body></html>\n`;
  return { status, type: 'text/html; charset=utf-8', headers: { ...HEADERS, 'Content-Language': language }, body: page };
};
const faultOf = (fault: string | undefined): string => (fault ? `<p class="fault" role="alert">${escaped(fault)}</p>` : '');

function fieldOf({ language, written, faults }: ReportPage, name: keyof Report, attributes = ''): string {
  const value = escaped(written[name].slice(0, 2 * MOST_WRITTEN[name]));
  const about = `id="${name}" name="${name}" maxlength="${MOST_WRITTEN[name]}" required ${attributes}`;
  const control = name === 'problem' ? `<textarea rows="4" ${about}>\n${value}</textarea>` : `<input value="${value}" ${about}>`;
  return `<label for="${name}">${WORDS[language].labels[name]}</label>${control}${faultOf(faults?.get(name))}`;
}
const kept = ({ written }: ReportPage, names: readonly (keyof Report)[]): string =>
  names.map((name) => `<input type="hidden" name="${name}" value="${escaped(written[name])}">`).join('');

/** What is wrong with which machine, and who says so. */
export const detailsPage = (page: ReportPage): RouteAnswer =>
  answer(
    page.faults?.size || page.fault ? 422 : 200,
    page.language,
    `${faultOf(page.fault)}<form method="post" novalidate>${fieldOf(page, 'qr')}${fieldOf(page, 'problem')}${fieldOf(page, 'name', 'autocomplete="name"')}${fieldOf(page, 'phone', 'type="tel" autocomplete="tel"')}<button>${WORDS[page.language].sendCode}</button></form>`,
  );

/** That the number is theirs. What was written goes along, so that the server keeps nothing of it. */
export const codePage = (page: ReportPage): RouteAnswer =>
  answer(
    page.faults?.size ? 422 : 200,
    page.language,
    `<p>${escaped(WORDS[page.language].codeSent(page.written.phone))}</p><form method="post" novalidate>${kept(page, ['qr', 'problem', 'name', 'phone'])}${fieldOf(page, 'code', 'inputmode="numeric" autocomplete="one-time-code"')}<button>${WORDS[page.language].send}</button></form>`,
  );

export const donePage = (language: Language, number: string): RouteAnswer =>
  answer(200, language, `<p role="status">${escaped(WORDS[language].done(number))}</p>`);
/** For whoever can do nothing here. */
export const closedPage = (language: Language, status: number, why: string): RouteAnswer => answer(status, language, faultOf(why));
