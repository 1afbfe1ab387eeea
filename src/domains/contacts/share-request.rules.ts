import type { ShareRequestState } from './share-request.entity.ts';

/** Days for which a refusal holds: then the same employee may ask for the same contact again (spec 3.4). */
export const REFUSAL_DAYS = 7;
const DAY = 86_400_000;

/** The last request of an employee for one contact. */
export interface LastRequest {
  readonly state: ShareRequestState;
  readonly decidedAt?: Date | null;
}

/** @returns whether it is too early to ask again, and when it no longer is; null for as long as nobody has decided. */
export function tooEarly({ state, decidedAt }: LastRequest, now: Date): { readonly again: Date | null } | undefined {
  if (state === 'PENDING') return { again: null };
  if (state !== 'REFUSED' || !decidedAt) return undefined;
  const again = new Date(decidedAt.getTime() + REFUSAL_DAYS * DAY);
  return again > now ? { again } : undefined;
}
