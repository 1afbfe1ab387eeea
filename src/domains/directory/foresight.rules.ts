/** Rows of a type that seats find, by the ids of both. */
export interface SeenBy {
  readonly type: string;
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>;
}
/** What one employee gains and loses of one type. */
export interface Effect {
  /** UUID */
  readonly employee: string;
  readonly employeeId: string;
  readonly employeeName: string;
  readonly objectType: string;
  readonly gained: number;
  readonly lost: number;
  /** Global ids. */
  readonly gainedIds: readonly string[];
  readonly lostIds: readonly string[];
}
interface Told {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Who asks: objects are named where they find them themselves. */
  readonly viewerId: string;
  idOf(type: string, id: string): string;
}

const NOTHING: ReadonlySet<string> = new Set();
const without = (all: ReadonlySet<string>, others: ReadonlySet<string>): string[] => [...all].filter((one) => !others.has(one));

/** Objects that are named of each kind, and effects that are told. */
const MOST_NAMED = 20;
const MOST_EFFECTS = 100;

/** Compares what was found with what will be. @returns those who gain or lose anything, the most first */
export function effectsOf(before: readonly SeenBy[], after: readonly SeenBy[], told: Told): readonly Effect[] {
  const effects = before.flatMap(({ type, seen }) => {
    const then = after.find((one) => one.type === type)!.seen;
    const visible = seen.get(told.viewerId) ?? NOTHING;
    return told.people.flatMap(({ id, name }) => {
      const [was, is] = [seen.get(id) ?? NOTHING, then.get(id) ?? NOTHING];
      const [gained, lost] = [without(is, was), without(was, is)];
      if (gained.length + lost.length === 0) return [];
      const named = (ids: readonly string[]) =>
        ids
          .filter((one) => visible.has(one))
          .sort()
          .slice(0, MOST_NAMED)
          .map((one) => told.idOf(type, one));
      const of = { employee: id, employeeId: told.idOf('Employee', id), employeeName: name, objectType: type };
      return [{ ...of, gained: gained.length, lost: lost.length, gainedIds: named(gained), lostIds: named(lost) }];
    });
  });
  return effects.sort((a, b) => b.gained + b.lost - (a.gained + a.lost)).slice(0, MOST_EFFECTS);
}
