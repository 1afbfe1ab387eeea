import { GraphQLError } from 'graphql';
import { messageOf } from '../../platform/schema/refusal-type.ts';
import { wordsOf } from '../../platform/schema/told-error.ts';
import { checkOrigin, type HttpExchange, readBody } from '../../platform/server/index.ts';
import { Refusal } from '../../sdk/index.ts';
import { applyToWindow } from './applying.service.ts';
import { drawNonce, formToken, isToken, nonceCookie, nonceIn } from './form-token.ts';
import type { JoinDoor } from './join.door.ts';
import { formIn, givenIn, issuesIn } from './join-form.rules.ts';
import { closedPage, codePage, detailsPage, donePage, type FormPage, faultsOf, NOTHING, type Written } from './join-page.html.ts';
import { POLICY } from './join-page.style.ts';
import { WORDS } from './join-page.words.ts';
import { linkUrl } from './link-code.rules.ts';
import type { LinkState } from './link-state.rules.ts';
import { type LinkNow, lookAtLink, visitLink } from './link-visiting.service.ts';
import { mobileAt, sendJoinCode } from './phone-proving.service.ts';

const BODY = { bytes: 32 * 1024, ms: 10_000 };
const DONE = 'done';
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

/** For an address at which there is no link. */
export const answerUnknown = (exchange: HttpExchange): void => send(exchange, 404, closedPage(exchange.language, 'UNKNOWN'));

async function show(visit: Visit): Promise<void> {
  if (visit.url.searchParams.has(DONE)) return send(visit, 200, donePage(visit.language));
  const link = await visitLink(visit.door, visit.code, visit);
  if (link?.state !== 'OPEN') return close(visit, link?.state ?? 'UNKNOWN');
  sendForm(visit, 200, detailsPage, { link, written: NOTHING, faults: NO_FAULTS });
}

async function take(visit: Visit): Promise<void> {
  const { door, code, request, language, origin } = visit;
  if (!checkOrigin(request.headers, { allowedOrigins: origin ? [origin] : [] }).allowed)
    return visit.refuse(403, 'FORBIDDEN', { en: 'Requests from this origin are not taken.', 'zh-CN': '不接受来自此来源的请求。' });
  const body = await readBody(request, BODY);
  if (body.fault) return visit.refuse(body.fault.status, 'BAD_REQUEST', body.fault.message);
  const { step, token, written } = formIn(body.text);
  const link = await lookAtLink(door, code, visit);
  if (link?.state !== 'OPEN') return close(visit, link?.state ?? 'UNKNOWN');
  const form = { link, written, faults: NO_FAULTS };
  if (!isToken(door.identity.secret, nonceIn(request.headers.cookie), code, token))
    return sendForm(visit, 403, detailsPage, { ...form, faults: new Map([['', WORDS[language].stale]]) });
  if (step === 'apply') return apply(visit, form);
  if (step === 'code') return ask(visit, form);
  sendForm(visit, 200, detailsPage, form);
}

interface Form {
  readonly link: LinkNow;
  readonly written: Written;
  readonly faults: Faults;
}

/** A code goes to the number that was written. */
async function ask(visit: Visit, form: Form): Promise<void> {
  const issues = issuesIn(form.written);
  if (issues.length) return sendForm(visit, 422, detailsPage, { ...form, faults: faultsOf(issues, visit.language) });
  try {
    await sendJoinCode(visit.door, form.link, mobileAt(form.link, form.written.phone), visit);
  } catch (error) {
    return refuse(visit, detailsPage, form, error);
  }
  sendForm(visit, 200, codePage, { ...form, written: { ...form.written, verificationCode: '' } });
}

async function apply(visit: Visit, form: Form): Promise<void> {
  const { door, code, response, language } = visit;
  const issues = issuesIn(form.written);
  if (issues.length) return sendForm(visit, 422, detailsPage, { ...form, faults: faultsOf(issues, language) });
  try {
    await applyToWindow(door, code, givenIn(form.written), visit);
  } catch (error) {
    return refuse(visit, codePage, form, error);
  }
  // loaded again, nothing is sent again
  response.writeHead(303, { Location: `${linkUrl('', code)}?${DONE}` }).end();
}

/** What was refused is said beside its field; past a limit, above the form. @throws what is no refusal */
function refuse(visit: Visit, page: Page, form: Form, error: unknown): void {
  const closed = error instanceof Refusal ? CLOSES[error.type.name] : undefined;
  const isBusy = codeOf(error) === 'RATE_LIMITED';
  const faults = isBusy ? tooMuch(error as GraphQLError, visit) : faultsIn(error, visit);
  if (closed) close(visit, closed);
  else sendForm(visit, isBusy ? 429 : 422, isBusy ? page : faults.has('verificationCode') ? codePage : detailsPage, { ...form, faults });
}
type Page = (given: FormPage) => string;

const tooMuch = (error: GraphQLError, { language }: Visit): Faults =>
  new Map([['', wordsOf(error, language) ?? WORDS[language].closed.BUSY.title]]);

function faultsIn(error: unknown, { language }: Visit): Faults {
  if (!(error instanceof Refusal)) throw error;
  const issues = error.facts.issues as Parameters<typeof faultsOf>[0] | undefined;
  return issues ? faultsOf(issues, language) : new Map([[error.path.at(-1) ?? '', messageOf(error, language)]]);
}

const codeOf = (error: unknown): unknown => (error instanceof GraphQLError ? error.extensions.code : undefined);

function close(visit: Visit, why: Closed, error?: unknown): void {
  if (error instanceof GraphQLError) visit.response.setHeader('Retry-After', String(error.extensions.retryAfter ?? 60));
  send(visit, STATUS[why], closedPage(visit.language, why));
}

function sendForm(visit: Visit, status: number, page: Page, { link, written, faults }: Form): void {
  const { door, code, request, response, language, origin } = visit;
  const nonce = nonceIn(request.headers.cookie) ?? drawNonce();
  response.setHeader('Set-Cookie', nonceCookie(nonce, origin));
  const { organizationName, welcome } = link;
  const token = formToken(door.identity.secret, nonce, code);
  send(visit, status, page({ language, organizationName, welcome, token, written, faults }));
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
