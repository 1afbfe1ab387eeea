import type { RouteStop } from './next-steps.ts';

/** A turn that somebody had at a stop, or has. */
export interface TurnBefore {
  readonly stop: string;
  readonly slot: number;
  /** Null: nobody has claimed it. */
  readonly whose: string | null;
  /** Whose it was before it was handed over or reassigned. */
  readonly takenFrom: string | null;
  readonly isHandedOver: boolean;
}

/**
 * A stop to which a form comes once more: whoever had a turn last has it again, and not those from whom it was taken; a place that nobody fills
 * is whose it was last. @param turns in the order in which they came. @param isThere whether somebody can have a turn
 */
export function hadLast(stop: RouteStop, turns: readonly TurnBefore[], isThere: (person: string) => boolean): RouteStop {
  const slots = stop.slots.map((slot, i) => {
    const of = turns.filter((one) => one.stop === stop.key && one.slot === i);
    const instead = takenOver(of);
    const people = slot.people.map((named) => {
      const now = instead.get(named) ?? named;
      return isThere(now) ? now : named;
    });
    const last = of.findLast(({ whose, isHandedOver }) => whose !== null && !isHandedOver)?.whose;
    return { ...slot, people: last && !people.some(isThere) ? [last] : [...new Set(people)] };
  });
  return { ...stop, slots };
}

/** Who has what was somebody's in the end, whoever it went by. */
function takenOver(turns: readonly TurnBefore[]): ReadonlyMap<string, string> {
  const now = new Map<string, string>();
  for (const { whose, takenFrom } of turns)
    if (whose && takenFrom) now.set([...now].find(([, to]) => to === takenFrom)?.[0] ?? takenFrom, whose);
  return now;
}
