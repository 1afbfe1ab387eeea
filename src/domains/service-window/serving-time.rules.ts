/** What the operator decided about the organization's certification, the earliest first. */
export interface Standing {
  readonly at: Date;
  readonly isOpen: boolean;
}

/** Milliseconds for which the window served between two moments: clocks stand still while it is suspended (spec 6.11). */
export function servedTime(standings: readonly Standing[], from: Date, to: Date): number {
  const changes = standings.filter(({ at }) => at > from && at < to);
  const before = standings.findLast(({ at }) => at <= from);
  const marks = [{ at: from, isOpen: before?.isOpen ?? true }, ...changes];
  return marks.reduce((sum, { at, isOpen }, i) => {
    const until = marks[i + 1]?.at ?? to;
    return sum + (isOpen && until > at ? until.getTime() - at.getTime() : 0);
  }, 0);
}

/** The latest moment since which the window has served for so many milliseconds; before all that is known, where it has not. */
export function servedAgo(standings: readonly Standing[], to: Date, milliseconds: number): Date {
  let [left, until] = [milliseconds, to.getTime()];
  const known = standings.filter(({ at }) => at < to);
  for (const { at, isOpen } of known.toReversed()) {
    if (isOpen && until - at.getTime() >= left) break;
    if (isOpen) left -= until - at.getTime();
    until = at.getTime();
  }
  return new Date(until - left);
}

/** A time that counts for nobody: `to` null, it goes on. */
export interface Rest {
  readonly from: Date;
  readonly to: Date | null;
}
/** The times in which the window was suspended, the earliest first. */
export function restsOf(standings: readonly Standing[]): Rest[] {
  const rests: Rest[] = [];
  for (const [i, { at, isOpen }] of standings.entries()) {
    if (isOpen || standings[i - 1]?.isOpen === false) continue;
    rests.push({ from: at, to: standings.slice(i).find((later) => later.isOpen)?.at ?? null });
  }
  return rests;
}
/** @returns since when the window has been suspended; undefined: it serves. */
export function suspendedSince(standings: readonly Standing[]): Date | undefined {
  const last = restsOf(standings).at(-1);
  return last?.to === null ? last.from : undefined;
}
/** Since when a clock has stood still that stands now, or goes on at this moment: rests that touch are one. */
export function stoodSince(rests: readonly Rest[], now: Date): Date {
  let since = now;
  for (let before: Date | undefined; before !== since; ) {
    before = since;
    for (const { from, to } of rests) if (from < since && (to ?? now) >= since) since = from;
  }
  return since;
}
