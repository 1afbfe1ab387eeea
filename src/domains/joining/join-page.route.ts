import { GraphQLError } from 'graphql';
import { checkOrigin, type HttpExchange, messageOf, readBody, textIn, wordsOf } from '../../sdk/core.ts';
import { type Language, Refusal, type Text } from '../../sdk/index.ts';
import { applyToWindow } from './applying.service.ts';
import { drawNonce, formToken, isToken, nonceCookie, nonceIn } from './form-token.ts';
import type { JoinDoor } from './join.door.ts';
import { formIn, givenIn, issuesIn } from './join-form.rules.ts';
import {
  closedPage,
  codePage,
  detailsPage,
  donePage,
  type FormPage,
  faultsOf,
  NOTHING,
  shortened,
  type Written,
} from './join-page.html.ts';
import { POLICY } from './join-page.style.ts';
import { WORDS } from './join-page.words.ts';
import { linkUrl } from './link-code.rules.ts';
import type { LinkState } from './link-state.rules.ts';
import { type LinkNow, lookAtLink, visitLink } from './link-visiting.service.ts';
import { mobileAt, sendJoinCode } from './phone-proving.service.ts';

const BODY = { bytes: 32 * 1024, ms: 10_000 };
const DONE = 'done';
/** Whoever has applied is told so, and nobody else who opens the address. */
const doneCode = (code: string): string => `${code}:done`;
type Closed = Exclude<LinkState, 'OPEN'> | 'UNKNOWN' | 'BUSY';
const STATUS: Readonly<Record<Closed, number>> = { ENDED: 410, FULL: 410, SUSPENDED: 503, UNKNOWN: 404, BUSY: 429 };
/** Refusals after which there is nothing to be filled in any more. */
const CLOSES: Readonly<Record<string, Closed>> = {
  NotFound: 'UNKNOWN',
  WindowLinkEnded: 'ENDED',
  WindowLinkFull: 'FULL',
  WindowSuspended: 'SUSPENDED',
};

/** One request of the page. */
interface Visit extends HttpExchange {
  readonly door: JoinDoor;
  readonly code: string;
}
type Faults = ReadonlyMap<string, string>;
const NO_FAULTS: Faults = new Map();

/** The page of a link: it works without scripts, and what is written goes along with the form, so that nothing is kept of it. */
export async function answerPage(door: JoinDoor, exchange: HttpExchange, code: string): Promise<void> {
  const visit: Visit = { ...exchange, door, code };
  try {
    await (exchange.request.method === 'POST' ? take(visit) : show(visit));
  } catch (error) {
    if (codeOf(error) !== 'RATE_LIMITED') throw error;
    close(visit, 'BUSY', error);
  }
}

/** Answers for a link by which nobody can come any more, or now. @returns whether it has. */
export async function answerClosed(door: JoinDoor, exchange: HttpExchange, code: string): Promise<boolean> {
  const visit: Visit = { ...exchange, door, code };
  try {
    const state = (await lookAtLink(door, code, visit))?.state ?? 'UNKNOWN';
    if (state === 'OPEN' || state === 'FULL') return false;
    close(visit, state);
  } catch (error) {
    if (codeOf(error) !== 'RATE_LIMITED') throw error;
    close(visit, 'BUSY', error);
  }
  return true;
}

/** For an address at which there is no link. */
export const answerUnknown = (exchange: HttpExchange): void => send(exchange, 404, closedPage(exchange.language, 'UNKNOWN'));

async function show(visit: Visit): Promise<void> {
  const { door, code, request, url, language } = visit;
  if (isToken(door.identity.secret, nonceIn(request.headers.cookie), doneCode(code), url.searchParams.get(DONE) ?? undefined))
    return send(visit, 200, donePage(language, door.portalUrl));
  const link = await (request.method === 'HEAD' ? lookAtLink : visitLink)(door, code, visit);
  if (link?.state !== 'OPEN') return close(visit, link?.state ?? 'UNKNOWN');
  sendForm(visit, 200, detailsPage, { link, written: NOTHING, faults: NO_FAULTS });
}

async function take(visit: Visit): Promise<void> {
  const { door, code, request, language, origin } = visit;
  if (!checkOrigin(request.headers, { allowedOrigins: origin ? [origin] : [] }).allowed)
    return visit.refuse(403, 'FORBIDDEN', { en: 'Requests from this origin are not taken.', 'zh-CN': '不接受来自此来源的请求。' });
  const body = await readBody(request, BODY);
  const link = await lookAtLink(door, code, visit);
  if (body.fault) return unread(visit, link, body.fault);
  const { step, token, written } = formIn(body.text);
  const page = step === 'apply' || step === 'another' ? codePage : detailsPage;
  // whoever holds a place at a full link may change what they have sent
  if (!link || (link.state !== 'OPEN' && !(link.state === 'FULL' && page === codePage)))
    return close(visit, (link?.state as Closed) ?? 'UNKNOWN');
  const form = { link, written, faults: NO_FAULTS };
  const nonce = nonceIn(request.headers.cookie);
  if (!isToken(door.identity.secret, nonce, code, token))
    return sendForm(visit, 403, page, { ...form, faults: new Map([['', nonce ? WORDS[language].stale : WORDS[language].noCookie]]) });
  if (step === 'apply') return apply(visit, form);
  if (step === 'code' || step === 'another') return ask(visit, form, step === 'another');
  sendForm(visit, 200, detailsPage, form);
}

/** A form that is too long, or came too slowly: of what was written nothing is known. */
function unread(visit: Visit, link: LinkNow | undefined, { status, message }: { readonly status: number; readonly message: Text }): void {
  if (link?.state !== 'OPEN') close(visit, link?.state ?? 'UNKNOWN');
  else sendForm(visit, status, detailsPage, { link, written: NOTHING, faults: new Map([['', textIn(message, visit.language)]]) });
}

interface Form {
  readonly link: LinkNow;
  readonly written: Written;
  readonly faults: Faults;
  readonly notice?: string;
}

/** A code goes to the number that was written. */
async function ask(visit: Visit, form: Form, isAnother: boolean): Promise<void> {
  const issues = issuesIn(form.written);
  if (issues.length) return sendForm(visit, 422, detailsPage, { ...form, faults: faultsOf(issues, visit.language) });
  try {
    await sendJoinCode(visit.door, form.link, mobileAt(form.link, form.written.phone), visit);
  } catch (error) {
    // past the limit there may be a code of before, which is good
    return refuse(visit, isAnother || codeOf(error) === 'RATE_LIMITED' ? codePage : detailsPage, form, error);
  }
  const notice = isAnother ? WORDS[visit.language].sentAgain : undefined;
  sendForm(visit, 200, codePage, { ...form, notice, written: { ...form.written, verificationCode: '' } });
}

async function apply(visit: Visit, form: Form): Promise<void> {
  const { door, code, response, language } = visit;
  const issues = issuesIn(form.written);
  if (issues.length) return sendForm(visit, 422, detailsPage, { ...form, faults: faultsOf(issues, language) });
  if (!form.written.verificationCode.trim())
    return sendForm(visit, 422, codePage, { ...form, faults: new Map([['verificationCode', WORDS[language].codeNeeded]]) });
  try {
    await applyToWindow(door, code, givenIn(form.written), visit);
  } catch (error) {
    return refuse(visit, codePage, form, error);
  }
  // loaded again, nothing is sent again
  const done = formToken(door.identity.secret, nonceIn(visit.request.headers.cookie)!, doneCode(code));
  response.writeHead(303, { Location: `${linkUrl('', code)}?${DONE}=${done}` }).end();
}

/** What was refused is said beside its field; past a limit, above the form. @throws what is no refusal */
function refuse(visit: Visit, page: Page, form: Form, error: unknown): void {
  const closed = error instanceof Refusal ? CLOSES[error.type.name] : undefined;
  const isBusy = codeOf(error) === 'RATE_LIMITED';
  if (isBusy) retryAfter(visit, error as GraphQLError);
  const faults = isBusy ? tooMuch(error as GraphQLError, visit) : faultsIn(error, visit);
  if (closed) close(visit, closed);
  else sendForm(visit, isBusy ? 429 : 422, isBusy ? page : faults.has('verificationCode') ? codePage : detailsPage, { ...form, faults });
}
type Page = (given: FormPage) => string;

const tooMuch = (error: GraphQLError, { language }: Visit): Faults =>
  new Map([['', [wordsOf(error, language) ?? WORDS[language].closed.BUSY.title, ...whenAgain(error, language)].join(' ')]]);
/** When the same is taken again. */
const whenAgain = (error: GraphQLError, language: Language): string[] =>
  typeof error.extensions.retryAfter === 'number' ? [WORDS[language].again(Math.ceil(error.extensions.retryAfter / 60))] : [];

function faultsIn(error: unknown, { language }: Visit): Faults {
  if (!(error instanceof Refusal)) throw error;
  const issues = error.facts.issues as Parameters<typeof faultsOf>[0] | undefined;
  return issues ? faultsOf(issues, language) : new Map([[error.path.at(-1) ?? '', messageOf(error, language)]]);
}

const codeOf = (error: unknown): unknown => (error instanceof GraphQLError ? error.extensions.code : undefined);

const retryAfter = ({ response }: Visit, { extensions }: GraphQLError): unknown =>
  response.setHeader('Retry-After', String(extensions.retryAfter ?? 60));

function close(visit: Visit, why: Closed, error?: unknown): void {
  if (error instanceof GraphQLError) retryAfter(visit, error);
  const more = error instanceof GraphQLError ? whenAgain(error, visit.language) : [];
  send(visit, STATUS[why], closedPage(visit.language, why, more));
}

function sendForm(visit: Visit, status: number, page: Page, { link, written, faults, notice }: Form): void {
  const { door, code, request, response, language, origin } = visit;
  const nonce = nonceIn(request.headers.cookie) ?? drawNonce();
  response.setHeader('Set-Cookie', nonceCookie(nonce, origin));
  const { organizationName, welcome } = link;
  const token = formToken(door.identity.secret, nonce, code);
  send(visit, status, page({ language, organizationName, welcome, token, written: shortened(written), faults, notice }));
}

function send({ response, request, language }: HttpExchange, status: number, text: string): void {
  response
    .writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': POLICY,
      'Referrer-Policy': 'same-origin',
      'X-Frame-Options': 'DENY',
      Vary: 'Accept-Language, Cookie, Origin',
    })
    .end(request.method === 'HEAD' ? undefined : text);
}
