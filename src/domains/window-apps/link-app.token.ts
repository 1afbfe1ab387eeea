import { createLocalJWKSet, importJWK, jwtVerify, SignJWT } from 'jose';
import { ALGORITHM, periodAt, publishedKeys, signingKey } from './link-app.keys.ts';

/** Who tokens say that they are from. */
const ISSUER = 'guichet';
const SECONDS = 300;

/** Who came to a link app, and from where. Ids are global. */
export interface Visitor {
  readonly contactId: string;
  readonly name: string;
  readonly organizationId: string;
  readonly appId: string;
}
export interface Visit extends Visitor {
  /** UUID of the token, which is good once. */
  readonly tokenId: string;
  /** Origin of the link that it was made for. */
  readonly audience: string;
  readonly expiresAt: Date;
}

/** Signs who came, for one link app and five minutes. @param audience origin of the link */
export async function signVisitor(secret: Buffer, visitor: Visitor, audience: string, tokenId: string, now: Date): Promise<string> {
  const { d, kid, ...key } = signingKey(secret, periodAt(now));
  const at = Math.floor(now.getTime() / 1000);
  return new SignJWT({ name: visitor.name, org: visitor.organizationId, app: visitor.appId })
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(visitor.contactId)
    .setJti(tokenId)
    .setIssuedAt(at)
    .setExpirationTime(at + SECONDS)
    .sign(await importJWK({ ...key, d }, ALGORITHM));
}

/** @returns undefined for a token that was forged or bent, or is too old */
export async function readVisit(secret: Buffer, token: string, now: Date): Promise<Visit | undefined> {
  try {
    const keys = createLocalJWKSet({ keys: publishedKeys(secret, now) });
    const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, algorithms: [ALGORITHM], currentDate: now });
    const { sub, jti, exp, aud, name, org, app } = payload as Record<string, string> & { exp: number };
    return {
      contactId: sub!,
      name: name!,
      organizationId: org!,
      appId: app!,
      tokenId: jti!,
      audience: aud!,
      expiresAt: new Date(exp * 1000),
    };
  } catch {
    return undefined;
  }
}
