import { goesTo, onePerPerson, open } from './changes.ts';
import type { Change, Facts, Goes, Person, Place, Stop } from './flow.types.ts';
import { turnFor, whose } from './whose.ts';

/** Slots of whoever is added at a stop begin here, above all that a template can name. */
export const ADDED = 1000;

type Opened = Extract<Change, { do: 'OPEN' }>;
interface Slot {
  readonly slot: number;
  readonly goes: readonly Goes[];
}

/**
 * Opens all of a stop: every slot of it, whoever was asked there before. Nobody has two turns, who is gone or has submitted the form has none,
 * and a slot that nobody fills is to be claimed. @param first to whom it was returned: they alone of their slot, and the others wait for them
 */
export function openStop(stop: Stop, facts: Facts, first?: Omit<Place, 'stop'> & { readonly who: Person }): Change[] {
  const named = slotsOf(stop, facts).filter(({ slot }) => slot !== first?.slot);
  const asked = distinct(first ? [{ slot: first.slot, goes: [backTo(first, named, facts)] }, ...named] : named);
  const others = asked.map(({ slot }) => slot).filter((slot) => slot !== first?.slot);
  const chains = oneBehindAnother(others, stop);
  const order = [...(first ? [first.slot] : []), ...chains.flat()];
  const before = new Map(chains.flatMap((chain) => chain.slice(1).map((slot, i) => [slot, chain[i]!] as const)));
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
/** Slots that are asked, one behind another as they came when somebody was added before or behind the turn of one. */
function oneBehindAnother(asked: readonly number[], { slots, added = [] }: Stop): readonly (readonly number[])[] {
  const chains = slots.map((_, i) => [i]);
  for (const [i, { to }] of added.entries()) {
    const chain = chains.find((of) => to && of.includes(to.slot));
    if (chain && to) chain.splice(chain.indexOf(to.slot) + (to.when === 'AFTER' ? 1 : 0), 0, ADDED + i);
    else chains.push([ADDED + i]);
  }
  return chains.map((chain) => chain.filter((slot) => asked.includes(slot)));
}
/** They have it for whom they had it for, but for those who are asked themselves by now. */
function backTo({ who, whose: had }: Pick<Place, 'whose'> & { readonly who: Person }, named: readonly Slot[], facts: Facts): Goes {
  const { holder } = goesTo(who, facts);
  const others = named.flatMap(({ goes }) => goes.filter((one) => one.holder !== holder).flatMap(whose));
  return turnFor(holder, had?.filter((one) => !others.includes(one)) ?? [who.id]);
}
const NOBODY: Goes = { holder: null, for: null };

/** Who has a turn when a form comes to a stop, slot by slot: what openStop opens. @param submitter whoever handed it in, who has none */
export const whoseTurns = (stop: Stop, submitter: string | null): readonly Pick<Slot, 'goes'>[] => distinct(slotsOf(stop, { submitter }));

/** Nobody approves in another's place and in their own: whoever has approved before in somebody's place has no turn, and whoever has approved before none in another's. */
function slotsOf({ slots, added = [], approved }: Stop, { submitter }: Pick<Facts, 'submitter'>): Slot[] {
  const anybody = { submitter, actor: { id: '', is: 'SERVER' } } as const; // whoever approves may stand at the next stop too
  const whoGoes = (people: readonly Person[]): Goes[] => {
    const able = people
      .filter(({ id, isGone }) => !isGone && id !== submitter && !approved?.get(id))
      .map((person) => (person.standIn && approved?.has(person.standIn) ? { ...person, standIn: undefined } : person));
    return onePerPerson(able.map((person) => goesTo(person, anybody)));
  };
  return [
    ...slots.map((people, i) => ({ slot: i, goes: whoGoes(people) })),
    ...added.map(({ people }, i) => ({ slot: ADDED + i, goes: whoGoes(people) })),
  ];
}

const holders = ({ goes }: Slot): readonly string[] => goes.map(({ holder }) => holder!);

/** Each person in one slot alone, and somebody in each slot where that can be. */
function distinct(all: readonly Slot[]): Slot[] {
  const kept = all.filter((one, i) => !all.some((other, j) => j !== i && countsFor(other, one) && (!countsFor(one, other) || j < i)));
  const seats = seated(kept.map(holders));
  const seatOf = (who: string): number => seats.get(who) ?? kept.findIndex((one) => holders(one).includes(who));
  const counted = all.filter((one) => !kept.includes(one)).flatMap(({ goes }) => goes);
  const withCounted = (own: Goes): Goes => onePerPerson([own, ...counted.filter(({ holder }) => holder === own.holder)])[0]!;
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

/** Whose turn it is at a beginning, or again; behind them whoever waited for them. On a fixed route it is not the submitter's own. */
export function turns(facts: Facts): Change[] {
  if (facts.onward) return openStop(facts.onward, facts);
  const { who = null, stop = null, slot = 0, whose: had, behind = [] } = facts.back ?? {};
  const isOwn = stop !== null && who?.id === facts.submitter;
  const waiting = behind.map((one, i) => ({
    ...open(one.who, facts, { slot: one.slot, stop, state: 'WAITING', linked: `+${i}` }, one.who ? one.whose : []),
    ref: `+${i + 1}`,
  }));
  return [open(isOwn ? null : who, facts, { stop, slot }, isOwn ? [] : had), ...(waiting as Change[])];
}
