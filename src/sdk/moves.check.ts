type Way = { readonly from: readonly string[]; readonly to?: readonly string[]; readonly staysIn?: readonly string[] };
interface Machine {
  readonly begins: string;
  readonly states: Readonly<Record<string, string>>;
  readonly moves: Readonly<Record<string, Way>>;
  readonly byItself?: Readonly<Record<string, Way>>;
}

/** What cannot be right about states and their moves; nothing where all can be. */
export function faultsOfMoves({ begins, states, moves, byItself = {} }: Machine): string[] {
  const known = new Set(Object.keys(states));
  const all = Object.entries({ ...moves, ...byItself });
  const unknown = all.flatMap(([name, { from, to = [] }]) =>
    [...from, ...to].filter((state) => !known.has(state)).map((state) => [name, state]),
  );
  const reached = reachedFrom(
    begins,
    all.map(([, way]) => way),
  );
  const twice = Object.keys(byItself).filter((name) => name in moves);
  return [
    ...twice.map((name) => `${name} is made by somebody and by itself.`),
    ...(known.has(begins) ? [] : [`It begins in ${begins}, which is no state of it.`]),
    ...unknown.map(([name, state]) => `${name} names ${state}, which is no state of it.`),
    ...all
      .filter(([, { from, to }]) => !from.length || to?.length === 0)
      .map(([name]) => `${name} has to come from somewhere and lead somewhere.`),
    ...all.flatMap(([name, way]) => strayed(way).map((state) => `${name} stays in ${state}, in which it cannot be made.`)),
    ...[...known].filter((state) => !reached.has(state)).map((state) => `No move leads to ${state}.`),
  ];
}

const strayed = ({ from, staysIn = [] }: Way): string[] => staysIn.filter((state) => !from.includes(state));

function reachedFrom(begins: string, moves: readonly Way[]): Set<string> {
  const reached = new Set([begins]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { from, to = [], staysIn = [] } of moves)
      if (from.some((state) => reached.has(state) && !staysIn.includes(state))) for (const state of to) reached.add(state);
  }
  return reached;
}
