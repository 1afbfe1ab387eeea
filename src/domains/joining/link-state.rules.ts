/** What somebody with a link finds. */
export type LinkState = 'OPEN' | 'ENDED' | 'FULL' | 'SUSPENDED';

export interface LinkFacts {
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly maxApplications: number | null;
  readonly placesTaken: number;
  /** Whether the organization's window is open. */
  readonly serves: boolean;
}

/** A link that has ended says nothing more: neither whether it was full, nor whether the window serves. */
export function linkState({ revokedAt, expiresAt, maxApplications, placesTaken, serves }: LinkFacts, now: Date): LinkState {
  if (revokedAt || (expiresAt && expiresAt <= now)) return 'ENDED';
  if (!serves) return 'SUSPENDED';
  return maxApplications !== null && placesTaken >= maxApplications ? 'FULL' : 'OPEN';
}
