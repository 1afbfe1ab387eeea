import { open } from './changes.ts';
import type { Change, Facts, Given, Goes, Person, Place, Stop, Turn } from './flow.types.ts';
import { goesTo, isDenied, mayHave, onePerPerson } from './who-has-it.ts';
import { turnFor, whose } from './whose.ts';

/** Slots of whoever is added at a stop begin here, above all that a template can name. */
export const ADDED = 1000;

type Opened = Extract<Change, { do: 'OPEN' }>;
interface Slot {
  readonly slot: number;
  readonly goes: readonly Turn[];
}

/**
 * Opens all of a stop: every slot of it, whoever was asked there before. Nobody has two turns, who is gone or has submitted the form has none,
 * and a slot that nobody fills is to be claimed. @param first to whom it was returned: they alone of their slot, and the others wait for them
 */
export function openStop(stop: Stop, facts: Facts, first?: Omit<Place, 'stop'> & { readonly who: Person }): Change[] {
  const chains = oneBehindAnother(stop);
  const asked = distinct(slotsOf(stop, facts, first && firstOf(stop, chains, first)));
  const order = [...(first ? [first.slot] : []), ...chains.flat()];
  const others = asked.map(({ slot }) => slot).filter((slot) => slot !== first?.slot);
  const before = new Map(
    chains.flatMap((chain) => {
      const left = chain.filter((slot) => others.includes(slot));
      return left.slice(1).map((slot, i) => [slot, left[i]!] as const);
    }),
  );
  const turns = asked
    .toSorted((a, b) => order.indexOf(a.slot) - order.indexOf(b.slot))
    .flatMap(({ slot, goes }) => (goes.length ? goes : [NOBODY]).map((one) => ({ ...one, slot })));
  const refOf = (slot: number): string => `+${turns.findIndex((one) => one.slot === slot)}`;
  const waits = (slot: number): Pick<Opened, 'state' | 'linked'> => {
    const behind = slot === first?.slot ? undefined : (before.get(slot) ?? first?.slot);
    return behind === undefined ? { state: 'OPEN', linked: null } : { state: 'WAITING', linked: refOf(behind) };
  };
  return turns.map((one, i): Change => ({ do: 'OPEN', ref: `+${i}`, kind: 'APPROVAL', stop: stop.key, ...waits(one.slot), ...one }));
}
/** Slots, one behind another as they came when somebody was added before or behind the turn of one. */
function oneBehindAnother({ slots, added = [] }: Stop): readonly (readonly number[])[] {
  const chains = slots.map((_, i) => [i]);
  for (const [i, { to }] of added.entries()) {
    const chain = chains.find((of) => to && of.includes(to.slot));
    if (chain && to) chain.splice(chain.indexOf(to.slot) + (to.when === 'AFTER' ? 1 : 0), 0, ADDED + i);
    else chains.push([ADDED + i]);
  }
  return chains;
}
/** To whom it was returned: they have it for whom they had it for. */
interface First {
  readonly slot: number;
  readonly who: Person;
  /** Slots that have approved, and are not asked. */
  readonly approved: readonly number[];
}
function firstOf(
  { inOrder }: Stop,
  chains: readonly (readonly number[])[],
  { who, slot, whose: had = [who.id], themself = false }: Omit<Place, 'stop'> & { readonly who: Person },
): First {
  const chain = (inOrder && chains.find((of) => of.includes(slot))) || [];
  return { slot, who: { ...who, given: { whose: had, themself } }, approved: chain.slice(0, Math.max(0, chain.indexOf(slot))) };
}
const NOBODY: Goes = { holder: null, for: null };

/** Who has a turn when a form comes to a stop, slot by slot: what openStop opens. @param submitter whoever handed it in, who has none */
export const whoseTurns = (stop: Stop, submitter: string | null): readonly Pick<Slot, 'goes'>[] => distinct(slotsOf(stop, { submitter }));

function slotsOf({ slots, added = [], approved }: Stop, { submitter }: Pick<Facts, 'submitter'>, first?: First): Slot[] {
  const asking = { submitter, approved, actor: { id: '', is: 'SERVER' } } as const; // whoever approves may stand at the next stop too
  const places = [
    ...slots.map((people, slot) => ({ slot, people })),
    ...added.map(({ people }, i) => ({ slot: ADDED + i, people })),
  ].filter(({ slot }) => slot !== first?.slot && !first?.approved.includes(slot));
  const asked = [...(first ? [{ slot: first.slot, people: [first.who] }] : []), ...places].map(({ slot, people }) => ({
    slot,
    people: people.filter((one) => mayHave(one, asking)),
  }));
  const named = new Map(asked.flatMap(({ people }) => people.flatMap((one) => (one.given ? [] : [[one.id, goesTo(one, asking).holder]]))));
  /** Whoever was given a turn has it for the same people, but for those who are asked themselves by now. */
  const again = (person: Person, { whose: had }: Given): Turn => {
    const { holder } = goesTo(person, asking, had);
    return goesTo(
      person,
      asking,
      had.filter((one) => !named.has(one) || named.get(one) === holder),
    );
  };
  return asked.map(({ slot, people }) => ({
    slot,
    goes: onePerPerson(people.map((one) => (one.given ? again(one, one.given) : goesTo(one, asking)))),
  }));
}

const holders = ({ goes }: Slot): readonly string[] => goes.map(({ holder }) => holder!);

/** Each person in one slot alone, and somebody in each slot where that can be. */
function distinct(all: readonly Slot[]): Slot[] {
  const kept = all.filter((one, i) => !all.some((other, j) => j !== i && countsFor(other, one) && (!countsFor(one, other) || j < i)));
  const seats = seated(kept.map(holders));
  const seatOf = (who: string): number => seats.get(who) ?? kept.findIndex((one) => holders(one).includes(who));
  const counted = all.filter((one) => !kept.includes(one)).flatMap(({ goes }) => goes);
  const withCounted = (own: Turn): Turn => onePerPerson([own, ...counted.filter(({ holder }) => holder === own.holder)])[0]!;
  return kept.map((one, i) => ({ ...one, goes: one.goes.filter(({ holder }) => seatOf(holder!) === i).map(withCounted) }));
}
/** Whoever approves in the one could have approved in the other: the one approval counts for both. */
const countsFor = (one: Slot, other: Slot): boolean => one.goes.length > 0 && holders(one).every((who) => holders(other).includes(who));

/** One person for each slot, nobody for two: a matching, by moving on who sits in the way. */
function seated(slots: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const seats = new Map<string, number>();
  const seat = (slot: number, tried: Set<string>): boolean =>
    slots[slot]!.some((who) => {
      if (tried.has(who)) return false;
      tried.add(who);
      const other = seats.get(who);
      if (other !== undefined && !seat(other, tried)) return false;
      seats.set(who, slot);
      return true;
    });
  for (const i of slots.keys()) seat(i, new Set());
  return seats;
}

/** Whose turn it is at a beginning, or again; behind them whoever waited for them. On a fixed route it is not the submitter's own, nor whose it cannot be. */
export function turns(facts: Facts): Change[] {
  if (facts.onward) return openStop(facts.onward, facts);
  const { who = null, stop = null, slot = 0, whose: had, behind = [] } = facts.back ?? {};
  const cannot = who && stop !== null && (who.id === facts.submitter || (!had && isDenied(turnFor(who.id, [who.id]), facts.approved)));
  const line: Opened[] = [open(cannot ? null : who, facts, { stop, slot }, cannot ? [] : had)];
  for (const one of behind) {
    const next = open(one.who, facts, { slot: one.slot, stop, state: 'WAITING', linked: `+${line.length - 1}` }, one.who ? one.whose : []);
    const own = line.findIndex(({ holder }) => holder !== null && holder === next.holder);
    if (own < 0) line.push({ ...next, ref: `+${line.length}` });
    else line[own] = { ...line[own]!, ...turnFor(next.holder, [line[own]!, next].flatMap(whose)) };
  }
  return line;
}
