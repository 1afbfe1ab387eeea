import { serverSecret } from '../../sdk/core.ts';
import type { FieldContext } from '../../sdk/index.ts';
import { type LinkAct, sealLink } from './link.token.ts';

/** Where files come and go. */
export const FILES_PREFIX = '/files/';
const MINUTE = 60_000;
/** Milliseconds in which an upload has to be sent. */
export const UPLOAD_LASTS = 60 * MINUTE;
/** Seconds that a link to a file lasts. */
export const LINK_LASTS = { usually: 300, most: 3_600 };

/** What of a request a link is made of. Reading it in a live event makes the answer that of one seat alone. */
interface LinkContext extends FieldContext {
  readonly signedIn: { readonly sessionId: string } | undefined;
  /** Where the server was asked, such as `https://guichet.example`; empty where nobody knows. */
  readonly origin: string;
  readonly now: Date;
}

/** An address that is the permission to do one thing, for the seat and the session that ask. @param fileId or that of what is printed */
export function linkTo(
  context: FieldContext,
  act: LinkAct,
  fileId: string,
  milliseconds: number,
  prefix = FILES_PREFIX,
): { url: string; until: Date } | undefined {
  const { signedIn, seat, origin, now, switchboard } = context as LinkContext;
  if (!signedIn?.sessionId) return undefined; // the server itself asks
  const until = new Date(now.getTime() + milliseconds);
  const token = sealLink(switchboard.service(serverSecret), { act, fileId, seatId: seat.id, sessionId: signedIn.sessionId, until });
  return { url: `${origin}${prefix}${token}`, until };
}
