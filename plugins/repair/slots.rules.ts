export interface Stretch {
  readonly from: Date;
  readonly until: Date;
}
const QUARTER = 15 * 60_000;

/** What is left of working time, where visits that somebody has are taken out. */
function openStretches(working: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  return taken.reduce<readonly Stretch[]>(
    (open, visit) =>
      open.flatMap((span) =>
        visit.until <= span.from || visit.from >= span.until
          ? [span]
          : [
              { from: span.from, until: visit.from },
              { from: visit.until, until: span.until },
            ].filter(({ from, until }) => from < until),
      ),
    working,
  ) as Stretch[];
}

/**
 * Windows in which a technician could come, one behind the other, each beginning at a quarter of an hour.
 * @param working working time, in order. @param taken visits that they have. @param minutes how long each lasts. @param most of them
 */
export function slotsOf(working: readonly Stretch[], taken: readonly Stretch[], minutes: number, most: number): Stretch[] {
  const length = minutes * 60_000;
  const slots: Stretch[] = [];
  for (const { from, until } of openStretches(working, taken))
    for (
      let begins = Math.ceil(from.getTime() / QUARTER) * QUARTER;
      begins + length <= until.getTime() && slots.length < most;
      begins += Math.ceil(length / QUARTER) * QUARTER
    )
      slots.push({ from: new Date(begins), until: new Date(begins + length) });
  return slots;
}
