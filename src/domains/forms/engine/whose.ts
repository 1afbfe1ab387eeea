import type { Goes } from './flow.types.ts';

// Whom a turn is for: its holder, and all in whose places they act.

/** All whom a turn is for: its holder where it is their own, and those in whose places they have it. */
export const whose = ({ holder, for: whom, alsoFor = [] }: Goes): readonly string[] =>
  [...new Set([whom ?? holder, ...alsoFor])].filter((one) => one !== null);

/** In whose places its holder acts. */
export const stoodFor = (goes: Goes): readonly string[] => whose(goes).filter((one) => one !== goes.holder);

/** A turn of somebody for all of some people: their own comes before what they have in others' places. */
export function turnFor(holder: string | null, people: readonly string[]): Goes {
  const others = [...new Set(people)].filter((one) => one !== holder);
  const isOwn = others.length === 0 || (holder !== null && people.includes(holder));
  const [first = null, ...rest] = isOwn ? [null, ...others] : others;
  return { holder, for: first, ...(rest.length && { alsoFor: rest as string[] }) };
}

/** Whom a turn is for once somebody has taken it over: it takes along those in whose places it was. */
export const takenOver = (turn: Goes, by: string): readonly string[] => [by, ...stoodFor(turn)];

/** A turn that another has instead of its holder, who has left: what was their own is the other's own; null: whoever claims it. */
export const instead = (turn: Goes, holder: string | null): Goes =>
  turnFor(
    holder,
    whose(turn).flatMap((one) => (one === turn.holder ? (holder ?? []) : one)),
  );

/** Who has approved: true where in somebody's place, whoever else's it was. */
export function whoApproved(turns: readonly Goes[]): ReadonlyMap<string, boolean> {
  const approved = new Map<string, boolean>();
  for (const turn of turns)
    if (turn.holder !== null) approved.set(turn.holder, approved.get(turn.holder) === true || stoodFor(turn).length > 0);
  return approved;
}
