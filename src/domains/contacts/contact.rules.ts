import type { CertificationLevel } from '../organization/index.ts';

/** Contacts that an organization may have, by its certification (spec 3.5). */
const QUOTAS: Readonly<Record<CertificationLevel, number>> = { TEAM: 2_000, BASIC: 2_000, INTERMEDIATE: 10_000, ADVANCED: 20_000 };
export const quotaOf = (certification: CertificationLevel): number => QUOTAS[certification];

/** Days in which an admin can restore a deleted contact (spec 3.8). */
export const BIN_DAYS = 30;
const DAY = 86_400_000;
export const isRestorable = (deletedAt: Date, now: Date): boolean => now.getTime() - deletedAt.getTime() < BIN_DAYS * DAY;

/** Answers that a phone is known, a seat, in `ANSWERS_WITHIN` milliseconds (spec 3.4). */
export const MOST_PHONE_ANSWERS = 20;
export const ANSWERS_WITHIN = DAY;

/** @param oldest of the answers that count now. @returns whole seconds until it counts no more. */
export const retryAfter = (oldest: Date, now: Date): number =>
  Math.max(1, Math.ceil((oldest.getTime() + ANSWERS_WITHIN - now.getTime()) / 1000));

/** Hours for which the token of a refusal asks for a share (spec 3.4). */
export const REQUEST_HOURS = 24;

const EMAIL = /^[^\s@"<>,;]+@[^\s@"<>,;.]+(\.[^\s@"<>,;.]+)+$/;
export const isEmail = (text: string): boolean => EMAIL.test(text);

/** Groups in which more than one tag was named (spec 3.9). */
export function crowdedGroups(tags: readonly { readonly group_id: string }[]): string[] {
  const counts = Map.groupBy(tags, ({ group_id }) => group_id);
  return [...counts].filter(([, of]) => of.length > 1).map(([group]) => group);
}

/** What an edit makes of a field: left out, it stays; an empty text takes it away. */
export const edited = (given: string | undefined, now: string | null): string | null => (given === undefined ? now : given || null);
