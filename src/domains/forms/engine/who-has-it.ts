import type { Approved, Facts, Goes, Person, Turn } from './flow.types.ts';
import { stoodFor, turnFor, whose } from './whose.ts';

// Who gets a turn: the one answer of every act that opens one, gives one, or lets one come back.

/** What the answer hangs on: who acts, who handed the form in, who has approved at the stops before. */
export type Asking = Pick<Facts, 'actor' | 'submitter' | 'approved'>;

/**
 * Four eyes: nobody approves in another's place and at another stop, be it in their own. Whoever was given a turn by somebody, with open eyes,
 * is not asked about.
 */
export const isDenied = (goes: Goes, approved: Approved | undefined): boolean => {
  const before = goes.holder === null ? undefined : approved?.get(goes.holder);
  return before !== undefined && (before || stoodFor(goes).length > 0);
};

/**
 * Whoever stands in for a person has their turn, unless they cannot have it: they act just now, they handed the form in, or they have approved
 * at a stop before. @param people whom the turn is for
 */
export function goesTo(person: Person | null, asking: Asking, people: readonly string[] = person ? [person.id] : []): Turn {
  if (!person) return turnFor(null, people);
  const { id, standIn, given } = person;
  if (given?.themself) return { ...turnFor(id, people), takenFrom: id };
  if (!standIn || standIn === asking.actor.id || standIn === asking.submitter) return turnFor(id, people);
  const instead = turnFor(standIn, people);
  return isDenied(instead, asking.approved) ? turnFor(id, people) : instead;
}

/** Whether somebody whom the route names, or who comes by a rule, has a turn at all. */
export const mayHave = (person: Person, { submitter, approved }: Pick<Asking, 'submitter' | 'approved'>): boolean =>
  !person.isGone && person.id !== submitter && (person.given !== undefined || !isDenied(turnFor(person.id, [person.id]), approved));

/** One turn for one person, for all in whose places they would have one. */
export function onePerPerson<One extends Goes>(turns: readonly One[]): One[] {
  return [...Map.groupBy(turns, ({ holder }) => holder).values()].map((of) => {
    const first = of.find((one) => one.for === null) ?? of[0]!; // the place of their own comes before those of others
    return { ...first, ...turnFor(first.holder, of.flatMap(whose)) };
  });
}
