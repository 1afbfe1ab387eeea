import { unauthenticated } from '../../sdk/core.ts';
import type { FieldContext, Language, Switchboard } from '../../sdk/index.ts';
import { type IdentityDoor, identityDoor } from './identity.door.ts';

/** What this module needs of a request: it works outside any organization's transaction. */
export interface SignInContext {
  readonly signedIn: { readonly sessionId: string; readonly accountId: string } | undefined;
  readonly now: Date;
  /** Address of the caller. */
  readonly address: string;
  readonly language: Language;
  readonly switchboard: Switchboard;
  /** One of a name in a request: what is asked for by many aliases is looked up once. */
  loader<T>(name: string, make: () => T): T;
}

/** The same request, as this module sees it. */
export const signInOf = (context: FieldContext): SignInContext => context as FieldContext & SignInContext;

export const doorOf = ({ switchboard }: SignInContext): IdentityDoor => switchboard.service(identityDoor);

/** @throws UNAUTHENTICATED without a session */
export function ownSession({ signedIn }: SignInContext): string {
  if (!signedIn) throw unauthenticated();
  return signedIn.sessionId;
}
