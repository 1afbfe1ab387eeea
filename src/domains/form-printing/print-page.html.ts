import { Html, html, momentIn } from '../../sdk/core.ts';
import type { Language } from '../../sdk/index.ts';
import { STYLE } from './print-page.style.ts';
import { WORDS } from './print-page.words.ts';
import type { Printed, PrintedChange, PrintedComment, PrintedEvent, PrintedForm, PrintedValue } from './print-reading.ts';

/** One form on paper. @param now when it was read */
export function printedPage({ form, organization }: Printed, language: Language, now: Date): string {
  const zone = organization.timeZone;
  const clock = momentIn(zone);
  const moment = (at: string): string => `${clock(at)} ${zone}`;
  const { labels, printed } = WORDS[language];
  const title = `${form.template?.name ?? ''} ${form.number}`.trim();
  const comments = form.comments.map((comment) => commentRow(comment, form, language, moment));
  const history = form.history?.map((event) => eventRow(event, language, moment));
  const body = html`<main><header><h1>${form.template?.name ?? form.number}</h1><p class="soft">${form.number}</p></header>${facts(form, language, moment)}<h2>${labels.answers}</h2>${answers(form, language)}${
    comments.length ? html`<h2>${labels.comments}</h2><table><tbody>${comments}</tbody></table>` : undefined
  }${history ? html`<h2>${labels.history}</h2><table><tbody>${history}</tbody></table>` : undefined}<footer class="soft"><p>${organization.name} · ${printed(moment(now.toISOString()))}</p></footer></main>`;
  return `<!doctype html>\n${
    html`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${new Html(STYLE)}</style></head><body>${body}</body></html>`
      .text
  }\n`;
}

type Moment = (at: string) => string;
const pair = (label: string, value: string | null | undefined): Html | undefined =>
  value ? html`<dt>${label}</dt><dd>${value}</dd>` : undefined;

function facts(form: PrintedForm, language: Language, moment: Moment): Html {
  const { labels, states } = WORDS[language];
  const state = form.state ?? form.customerState;
  return html`<dl>${pair(labels.contact, form.contactName)}${pair(labels.company, form.contact?.company?.name)}${pair(
    labels.state,
    states[state],
  )}${form.state ? undefined : pair(labels.since, moment(form.customerStateSince))}${pair(labels.submitted, moment(form.submittedAt))}${pair(
    labels.correction,
    form.correctionReason,
  )}</dl>`;
}

function answers({ answers: given }: PrintedForm, language: Language): Html {
  const filled = (given ?? []).flatMap(({ label, value }) => (value ? [{ label, value }] : []));
  const plain = filled.filter(({ value }) => !value.lines).map(({ label, value }) => html`<dt>${label}</dt><dd>${value.text ?? ''}</dd>`);
  const tables = filled.filter(({ value }) => value.lines).map(({ label, value }) => linesTable(label, value, language));
  return html`${plain.length ? html`<dl>${plain}</dl>` : undefined}${tables}`;
}

function linesTable(label: string, { lines = [], totals = [] }: PrintedValue, language: Language): Html {
  const columns = new Map([...lines.flatMap(({ values }) => values), ...totals].map(({ field }) => [field.id, field.label]));
  const cells = (values: readonly PrintedValue[]): Html[] =>
    [...columns.keys()].map((id) => html`<td>${values.find(({ field }) => field.id === id)?.text ?? ''}</td>`);
  const rows = lines.map(({ values }, i) => html`<tr><td>${String(i + 1)}</td>${cells(values)}</tr>`);
  return html`<table><caption>${label}</caption><thead><tr><th></th>${[...columns.values()].map((of) => html`<th>${of}</th>`)}</tr></thead><tbody>${rows}</tbody>${
    totals.length ? html`<tfoot><tr><td>${WORDS[language].labels.total}</td>${cells(totals)}</tr></tfoot>` : undefined
  }</table>`;
}

function commentRow({ text, at, fromCustomer, author }: PrintedComment, form: PrintedForm, language: Language, moment: Moment): Html {
  const { customer } = WORDS[language];
  const said = fromCustomer ? (form.contactName ?? customer) : (author?.name ?? '');
  return html`<tr><td>${moment(at)}</td><td>${said}</td><td>${text}</td></tr>`;
}

function eventRow({ kind, at, actor, for: stoodFor, next, comment, changes }: PrintedEvent, language: Language, moment: Moment): Html {
  const event = WORDS[language].events[kind];
  const said = [...(comment ? [comment] : []), ...(changes ?? []).map(changeLine)].join('\n');
  const inPlaceOf = stoodFor.length ? WORDS[language].inPlaceOf(stoodFor.map(({ name }) => name)) : '';
  return html`<tr><td>${moment(at)}</td><td>${actor?.name ?? ''}${inPlaceOf}</td><td>${next ? `${event} → ${next.name}` : event}</td><td>${said}</td></tr>`;
}

/** What has several lines begins on a line of its own. */
function changeLine({ label, from, to }: PrintedChange): string {
  const [was, is] = [from?.text ?? '–', to?.text ?? '–'];
  return [was, is].some((text) => text.includes('\n')) ? `${label}:\n${was}\n→\n${is}` : `${label}: ${was} → ${is}`;
}
