import type { Given, Goes } from './flow.types.ts';
import type { RouteStop } from './next-steps.ts';
import { stoodFor, whose } from './whose.ts';

/** A turn that somebody had at a stop, or has; nobody holds it: it waits to be claimed. */
export interface TurnBefore extends Goes {
  readonly stop: string;
  readonly slot: number;
  /** Whose it was before it was handed over or reassigned. */
  readonly takenFrom: string | null;
  readonly isHandedOver: boolean;
}
/** In whose right it was. */
const rightOf = ({ holder, for: whom }: Goes): string | null => whom ?? holder;

/** Whether somebody can have a turn, and whether they would have it by the rule, with nobody giving it to them. */
export interface Here {
  isThere(person: string): boolean;
  mayHave(person: string): boolean;
}

/**
 * A stop to which a form comes once more: whoever had a turn last has it again, for the same people, and not those from whom it was taken; a
 * place that nobody fills is whose it was last. @param turns in the order in which they came
 */
export const hadLast = (stop: RouteStop, turns: readonly TurnBefore[], here: Here): RouteStop => ({
  ...stop,
  slots: stop.slots.map((slot, i) => ({ ...slot, ...placeAgain({ stop: stop.key, slot: i, people: slot.people }, turns, here) })),
});

/** Who is asked at a place once more, and how they were given it. */
export function placeAgain(
  { stop, slot, people: named }: { readonly stop: string; readonly slot: number; readonly people: readonly string[] },
  turns: readonly TurnBefore[],
  { isThere, mayHave }: Here,
): { readonly people: readonly string[]; readonly given: ReadonlyMap<string, Given> } {
  const { instead, given } = takenOver(
    turns.filter((one) => one.stop === stop),
    slot,
  );
  const people = named.map((one) => {
    const now = instead.get(one) ?? one;
    return isThere(now) ? now : one;
  });
  const last = turns.findLast((one) => one.stop === stop && one.slot === slot && rightOf(one) !== null && !one.isHandedOver);
  const right = last && rightOf(last);
  if (last && right && !people.some((one) => isThere(one) && (given.has(one) || mayHave(one))))
    return { people: [right], given: new Map([[right, { whose: whose(last), themself: false }]]) };
  const again = [...new Set(people)];
  return { people: again, given: new Map([...given].filter(([one]) => again.includes(one))) };
}

/** Who has what was somebody's in the end, whoever it went by, and how. */
function takenOver(turns: readonly TurnBefore[], slot: number) {
  const [instead, given] = [new Map<string, string>(), new Map<string, Given>()];
  for (const turn of turns) {
    const right = rightOf(turn);
    if (right === null) continue;
    const themself = turn.holder === right && turn.takenFrom === right;
    if (turn.takenFrom) {
      const before = [...(turn.slot === slot ? [turn.takenFrom] : []), ...stoodFor(turn)].filter((one) => one !== right);
      for (const one of before) {
        const from = [...instead].flatMap(([named, now]) => (now === one ? [named] : []));
        for (const named of from.length ? from : [one]) instead.set(named, right);
      }
      if (turn.slot === slot || before.length) given.set(right, { whose: whose(turn), themself });
      if (themself) instead.delete(right);
    } else if (given.has(right)) given.set(right, { whose: whose(turn), themself });
  }
  return { instead, given };
}
