/** What the operator decided about the organization's certification, the earliest first. */
export interface Standing {
  readonly at: Date;
  readonly isOpen: boolean;
}

/** How long the window was open between two moments: the clock of a customer stands still while it is suspended (spec 6.11). */
export function openTime(standings: readonly Standing[], from: Date, to: Date): number {
  const changes = standings.filter(({ at }) => at > from && at < to);
  const before = standings.findLast(({ at }) => at <= from);
  const marks = [{ at: from, isOpen: before?.isOpen ?? true }, ...changes];
  return marks.reduce((sum, { at, isOpen }, i) => {
    const until = marks[i + 1]?.at ?? to;
    return sum + (isOpen && until > at ? until.getTime() - at.getTime() : 0);
  }, 0);
}
