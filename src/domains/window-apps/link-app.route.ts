import { decodeGlobalId } from '../../platform/schema/global-id.ts';
import type { HttpExchange, HttpRoute } from '../../platform/server/index.ts';
import type { Transaction } from '../../sdk/index.ts';
import { publishedKeys } from './link-app.keys.ts';
import { readVisit, type Visit } from './link-app.token.ts';
import { linkAppUses } from './window-app.entity.ts';

/** What the app hands to the routes. */
export interface LinkAppDoor {
  readonly secret: Buffer;
  now(): Date;
  within<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
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
    const [, token] = /^Bearer +([\w.-]{20,4000})$/i.exec(exchange.request.headers.authorization ?? '') ?? [];
    const visit = token && exchange.url.pathname === REDEEM ? await readVisit(door.secret, token, door.now()) : undefined;
    if (!visit || !(await useUp(door, visit))) return notThere(exchange);
    const { contactId, name, organizationId, appId } = visit;
    answer(exchange, { contactId, name, organizationId, appId });
  },
});

async function useUp({ within }: LinkAppDoor, { organizationId, tokenId, expiresAt }: Visit): Promise<boolean> {
  const organization = decodeGlobalId('Organization', organizationId);
  const { numInsertedOrUpdatedRows } = await within(organization, ({ on }) =>
    on({ link_app_uses: linkAppUses })
      .insertInto('link_app_uses')
      .values({ organization_id: organization, id: tokenId, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow(),
  );
  return numInsertedOrUpdatedRows === 1n;
}

/** One answer for forged, old and used tokens: nothing is learnt by trying. */
const notThere = ({ refuse }: HttpExchange): void =>
  refuse(404, 'BAD_REQUEST', { en: 'This token is not good, or not any more.', 'zh-CN': '该令牌无效或已失效。' });

export const linkAppRoutes = (door: LinkAppDoor): HttpRoute[] => [keysRoute(door), redeemRoute(door)];
