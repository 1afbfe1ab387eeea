import { Html, html } from '../../sdk/core.ts';
import type { Issue, Language } from '../../sdk/index.ts';
import { MOST } from './applying.service.ts';
import { STYLE } from './join-page.style.ts';
import { WORDS } from './join-page.words.ts';
import type { LinkState } from './link-state.rules.ts';

/** What a visitor has written, as it was written. */
export interface Written {
  readonly name: string;
  readonly phone: string;
  readonly message: string;
  readonly verificationCode: string;
}
export const NOTHING: Written = { name: '', phone: '', message: '', verificationCode: '' };
/** One page of a link that is open. */
export interface FormPage {
  readonly language: Language;
  readonly organizationName: string;
  readonly welcome: string | null;
  readonly token: string;
  readonly written: Written;
  /** Faults by the names of their fields; `''` for what is no field's. */
  readonly faults: ReadonlyMap<string, string>;
  /** What has just been done. */
  readonly notice?: string;
}

/** Characters that are sent back of each field: past what can be right it is cut, so that no request is answered by a page that is not small. */
const MOST_SHOWN = { name: 2 * MOST.name, phone: 80, message: 5 * MOST.message, verificationCode: MOST.verificationCode };
export const shortened = (written: Written): Written => ({
  name: written.name.slice(0, MOST_SHOWN.name),
  phone: written.phone.slice(0, MOST_SHOWN.phone),
  message: written.message.slice(0, MOST_SHOWN.message),
  verificationCode: written.verificationCode.slice(0, MOST_SHOWN.verificationCode),
});

const page = (language: Language, title: string, body: Html): string =>
  `<!doctype html>\n${
    html`<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${new Html(STYLE)}</style></head><body><main>${body}</main></body></html>`
      .text
  }\n`;

/** The first letter of a name, for those whose picture nobody has. */
const mark = (text: string, how?: 'quiet' | 'red'): Html => {
  const [first = ''] = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
  return html`<div class="${how ? `mark ${how}` : 'mark'}" aria-hidden="true">${first.toUpperCase()}</div>`;
};

/** A field with its label, what is wrong with it, and what helps to fill it in. */
function field(
  { written, faults }: FormPage,
  name: keyof Written,
  { label, optional, hint, attributes }: { label: string; optional?: string; hint?: string; attributes: Html },
): Html {
  const fault = faults.get(name);
  const about = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ');
  const first = [...faults.keys()].find((one) => one !== '') === name;
  const said = html`${first ? html` autofocus` : undefined}${fault ? html` aria-invalid="true"` : undefined}${about ? html` aria-describedby="${about}"` : undefined}`;
  const control =
    name === 'message'
      ? html`<textarea id="${name}" name="${name}"${attributes}${said}>${`\n${written[name]}`}</textarea>`
      : html`<input id="${name}" name="${name}" value="${written[name]}"${attributes}${said}>`;
  return html`<label for="${name}">${label}${optional ? html` <span>(${optional})</span>` : undefined}</label>${control}${
    fault ? html`<p class="fault" id="${name}-fault">${fault}</p>` : undefined
  }${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : undefined}`;
}

const steps = (language: Language, current: 0 | 1): Html =>
  html`<ol class="steps">${WORDS[language].steps.map((step, at) =>
    at === current ? html`<li aria-current="step">${String(at + 1)}. ${step}</li>` : html`<li>${String(at + 1)}. ${step}</li>`,
  )}</ol>`;

function formPage(given: FormPage, step: 0 | 1, inside: Html): string {
  const { language, organizationName, welcome, faults, token } = given;
  const words = WORDS[language];
  const title = words.title(organizationName);
  const general = faults.get('') ?? (faults.size ? words.faults : undefined);
  const body = html`<div class="card">${mark(organizationName)}<h1>${title}</h1>${
    step === 0 ? (welcome ? html`<p class="welcome">${welcome}</p>` : html`<p>${words.intro}</p>`) : undefined
  }${steps(language, step)}${general ? html`<p class="faults" role="alert">${general}</p>` : undefined}${given.notice ? html`<p class="welcome" role="status">${given.notice}</p>` : undefined}<form method="post" novalidate><input type="hidden" name="token" value="${token}">${inside}</form></div><footer class="soft small"><p>${words.privacy(organizationName)}</p></footer>`;
  return page(language, faults.size ? `${words.faults} ${title}` : title, body);
}

/** The first page: who somebody is. */
export function detailsPage(given: FormPage): string {
  const words = WORDS[given.language];
  const name = field(given, 'name', {
    label: words.name,
    attributes: html` autocomplete="name" required maxlength="${String(MOST.name)}"`,
  });
  const phone = field(given, 'phone', {
    label: words.phone,
    hint: words.phoneHint,
    attributes: html` type="tel" inputmode="tel" autocomplete="tel" required maxlength="40"`,
  });
  const message = field(given, 'message', {
    label: words.message,
    optional: words.optional,
    attributes: html` rows="3" maxlength="${String(MOST.message)}"`,
  });
  return formPage(given, 0, html`${name}${phone}${message}<button class="main" name="step" value="code">${words.sendCode}</button>`);
}

/** The second: that the number is theirs. What was written goes along, so that the server keeps nothing of it. */
export function codePage(given: FormPage): string {
  const words = WORDS[given.language];
  const { name, phone, message } = given.written;
  const kept = Object.entries({ name, phone, message }).map(([of, value]) => html`<input type="hidden" name="${of}" value="${value}">`);
  const code = field(given, 'verificationCode', {
    label: words.code,
    attributes: html` class="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"${given.faults.has('verificationCode') ? undefined : html` autofocus`}`,
  });
  return formPage(
    given,
    1,
    html`<p>${words.codeSent(phone)}</p>${kept}${code}<button class="main" name="step" value="apply">${words.apply}</button><div class="more"><button class="link" name="step" value="another">${words.another}</button><button class="link" name="step" value="details">${words.back}</button></div>`,
  );
}

/** After it: what happens next. */
export function donePage(language: Language, portalUrl: string | undefined): string {
  const { done } = WORDS[language];
  const next = done.next.map((step) => html`<li>${step}</li>`);
  if (portalUrl) next.push(html`<li>${done.signInAt} <a href="${portalUrl}">${portalUrl}</a></li>`);
  return page(
    language,
    done.title,
    html`<div class="card" role="status">${mark('✓')}<h1>${done.title}</h1><p>${done.text}</p><ol class="next">${next}</ol></div>`,
  );
}

/** A page for whoever can do nothing here. It tells no more than it must: not even whose link it was. */
export function closedPage(language: Language, why: Exclude<LinkState, 'OPEN'> | 'UNKNOWN' | 'BUSY', more: readonly string[] = []): string {
  const { title, text } = WORDS[language].closed[why];
  const isRed = why === 'SUSPENDED';
  return page(
    language,
    title,
    html`<div class="card">${mark('!', isRed ? 'red' : 'quiet')}<h1>${title}</h1><p class="${isRed ? 'faults' : 'soft'}">${[text, ...more].join(' ')}</p></div>`,
  );
}

/** Faults of an input, by the fields of the page. */
export const faultsOf = (issues: readonly Issue[], language: Language): Map<string, string> =>
  new Map(issues.map(({ path, message }) => [path.at(-1) ?? '', typeof message === 'string' ? message : message[language]]));
