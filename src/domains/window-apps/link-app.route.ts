import { decodeGlobalId, type HttpExchange, type HttpRoute } from '../../sdk/core.ts';
import { isForbidden, Refusal, type Seat, type UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { enterWindow } from '../service-window/index.ts';
import { publishedKeys } from './link-app.keys.ts';
import { readVisit, type Visit } from './link-app.token.ts';
import { linkAppUses, windowAppTable } from './window-app.entity.ts';

/** What the app hands to the routes. */
export interface LinkAppDoor {
  readonly secret: Buffer;
  now(): Date;
  /** Who a contact is now; undefined where its seat has ended. */
  seatNow(organizationId: string, id: string, kind: 'CONTACT'): Promise<Seat | undefined>;
  /** A use case of a seat, in a transaction of its own. */
  act<T>(seat: Seat, work: (use: UseCase) => Promise<T>): Promise<T>;
}
const JWKS = '/.well-known/jwks.json';
const REDEEM = '/link-apps/redeem';
const HOUR_SECONDS = 3_600;

const answer = ({ response }: HttpExchange, body: object, headers: Record<string, string> = {}): void =>
  void response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body));

/** The public keys with which link apps check who came (RFC 7517). */
const keysRoute = ({ secret, now }: LinkAppDoor): HttpRoute => ({
  prefix: JWKS,
  methods: ['GET', 'HEAD'],
  takesHeaders: [],
  tellsHeaders: [],
  async handle(exchange) {
    if (exchange.url.pathname !== JWKS) return notThere(exchange);
    answer(exchange, { keys: publishedKeys(secret, now()) }, { 'Cache-Control': `public, max-age=${HOUR_SECONDS}` });
  },
});

/** A link app asks whether a token is good, and uses it up: of two who ask, one is told who came. */
const redeemRoute = (door: LinkAppDoor): HttpRoute => ({
  prefix: REDEEM,
  methods: ['POST'],
  takesHeaders: ['authorization'],
  tellsHeaders: [],
  async handle(exchange) {
    const { authorization = '' } = exchange.request.headers;
    const [, token] = /^Bearer +([\w.-]{20,4000})$/i.exec(authorization) ?? [];
    if (!authorization) return noHeader(exchange);
    const visit = token && exchange.url.pathname === REDEEM ? await readVisit(door.secret, token, door.now()) : undefined;
    const name = visit && (await useUp(door, visit));
    if (!visit || name === undefined) return notThere(exchange);
    const { contactId, organizationId, appId } = visit;
    answer(exchange, { contactId, name, organizationId, appId });
  },
});

/**
 * Uses a token up for whoever may still open the link: what was asked when it was made is asked again.
 * @returns the contact's name as it is now; undefined where nobody is told who came
 */
async function useUp({ act, seatNow }: LinkAppDoor, { organizationId, contactId, ...visit }: Visit): Promise<string | undefined> {
  const seat = await seatNow(decodeGlobalId('Organization', organizationId), decodeGlobalId('Contact', contactId), 'CONTACT');
  if (!seat) return undefined;
  try {
    return await act(seat, (use) => welcomed(use, visit));
  } catch (error) {
    if (error instanceof Refusal || isForbidden(error)) return undefined;
    throw error;
  }
}

/** @throws NotFound for a tile that is not shown any more, WindowSuspended, FORBIDDEN for whoever is no member */
async function welcomed(use: UseCase, { appId, audience, tokenId, expiresAt }: Omit<Visit, 'organizationId' | 'contactId'>) {
  await enterWindow(use);
  const id = decodeGlobalId('WindowApp', appId);
  await use.find('WindowApp', id);
  const db = use.on(windowAppTable, linkAppUses, contacts);
  const { url } = await db.selectFrom('window_apps').select('url').where('id', '=', id).executeTakeFirstOrThrow();
  if (!url || new URL(url).origin !== audience) return undefined;
  const used = await db
    .insertInto('link_app_uses')
    .values({ organization_id: use.organizationId, id: tokenId, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!used.numInsertedOrUpdatedRows) return undefined;
  const { name } = await db.selectFrom('contacts').select('name').where('id', '=', use.seat.id).executeTakeFirstOrThrow();
  return name;
}

const noHeader = ({ refuse }: HttpExchange): void =>
  refuse(401, 'UNAUTHENTICATED', {
    en: 'Send the token in the header: `Authorization: Bearer <token>`.',
    'zh-CN': '请在请求头中发送令牌：`Authorization: Bearer <token>`。',
  });

/** One answer for forged, old and used tokens, and for those of whoever may not come any more: nothing is learnt by trying. */
const notThere = ({ refuse }: HttpExchange): void =>
  refuse(404, 'BAD_REQUEST', { en: 'This token is not good, or not any more.', 'zh-CN': '该令牌无效或已失效。' });

export const linkAppRoutes = (door: LinkAppDoor): HttpRoute[] => [keysRoute(door), redeemRoute(door)];
