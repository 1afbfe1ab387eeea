import { deepStrictEqual, ok } from 'node:assert/strict';
import { leadsTo, type Moves, openIn, type Rule } from '../sdk/index.ts';
import type { Answer, TestSeat } from './test-seat.ts';

/** Somebody who tries every move. */
export interface MoveActor {
  /** Asked when a test runs: before that there is no server. */
  seat(): TestSeat;
  /** Rules of the moves that admit the seat toward the objects that `make` makes, as you say it: what the plugin says is held against this. */
  readonly may: readonly Rule[];
  /** It cannot come to the objects at all. */
  readonly isBlind?: boolean;
  /** A contact: mutations that are not for contacts are not in its schema. */
  readonly isContact?: boolean;
  /** Where an object stands as the seat is told it, where that is less than what is so. */
  told?(state: string): string;
}
/** How the moves of a machine are played. Ids are global ids. */
export interface MovesPlay<State extends string, Name extends string> {
  readonly actors: Readonly<Record<string, MoveActor>>;
  /** Makes an object that stands in a state. @returns its id */
  make(state: State): Promise<string>;
  stateOf(id: string): Promise<string>;
  /** The mutation of each move, and what is given to it. */
  readonly moves: Readonly<
    Record<Name, { readonly mutation: string; input(id: string): Record<string, unknown> | Promise<Record<string, unknown>> }>
  >;
  /** Names of what `viewerCan` says that the seat can do with the object: it is held against what it can. */
  can?(seat: TestSeat, id: string): Promise<readonly string[]>;
}
type Outcome = 'done' | 'not now' | 'not theirs';
/** One move in one state by one actor. */
export interface MoveCase {
  readonly state: string;
  readonly move: string;
  readonly actor: string;
  /** `done`: it is made. `not now`: InvalidTransition with what the seat can do. `not theirs`: FORBIDDEN, NotFound, or not in the seat's schema. */
  readonly outcome: Outcome;
  /** Plays it. @throws AssertionError where something else comes of it */
  play(): Promise<void>;
}

/**
 * Every move in every state by every actor, as cases for a test: what is refused leaves the object as it is, so one object a state serves all
 * refusals; whatever is done has an object of its own, and leads where the machine says.
 *
 * @example
 * it.each(
 *   everyMove(lending, {
 *     actors: {
 *       admin: { seat: () => plugin.admin, may: [lend] },
 *       borrower: { seat: () => plugin.colleague, may: [borrow] },
 *       stranger: { seat: () => plugin.stranger, may: [], isBlind: true },
 *     },
 *     make: loanIn,
 *     stateOf: async (id) => (await plugin.admin.query(LOAN, { id })).node.state,
 *     moves: { handOut: { mutation: 'handOutLoan', input: (loanId) => ({ loanId }) }, … },
 *   }),
 * )('in $state: $move by $actor is $outcome', ({ play }) => play());
 */
export function everyMove<State extends string, Name extends string>(
  machine: Moves<State, Name>,
  how: MovesPlay<State, Name>,
): readonly MoveCase[] {
  const made = async (state: State): Promise<string> => {
    const id = await how.make(state);
    deepStrictEqual(await how.stateOf(id), state, `What was made for ${state} stands elsewhere.`);
    return id;
  };
  const shared = once(made);
  const said = once(async (state: State, actor: string) => {
    const of = how.actors[actor]!;
    if (!how.can || of.isBlind) return;
    const now = [...(await how.can(of.seat(), await shared(state)))].sort();
    deepStrictEqual(now, [...openTo(machine, state, of)].sort(), 'viewerCan says something else.');
  });
  return (Object.keys(machine.states) as State[]).flatMap((state) =>
    (Object.keys(machine.moves) as Name[]).flatMap((move) =>
      Object.entries(how.actors).map(([actor, of]) => {
        const outcome = outcomeOf(machine, state, move, of);
        const run = async (): Promise<void> => {
          await said(state, actor);
          await play(machine, how, { state, move, of, outcome, id: await (outcome === 'done' ? made(state) : shared(state)) });
        };
        return { state, move, actor, outcome, play: run };
      }),
    ),
  );
}

/** Each is made when it is first asked for. */
function once<Given extends readonly string[], Made>(make: (...given: Given) => Promise<Made>): (...given: Given) => Promise<Made> {
  const known = new Map<string, Promise<Made>>();
  return (...given) => {
    const key = given.join(' ');
    const found = known.get(key) ?? make(...given);
    known.set(key, found);
    return found;
  };
}
const openTo = <State extends string, Name extends string>(
  machine: Moves<State, Name>,
  state: State,
  { may, isBlind }: MoveActor,
): Name[] => (isBlind ? [] : openIn(machine, state).filter((name) => may.includes(machine.moves[name].who)));

const outcomeOf = <State extends string, Name extends string>(
  { moves }: Moves<State, Name>,
  state: State,
  move: Name,
  { may, isBlind }: MoveActor,
): Outcome => {
  if (isBlind || !may.includes(moves[move].who)) return 'not theirs';
  return moves[move].from.includes(state) ? 'done' : 'not now';
};

interface Played<State, Name> {
  readonly state: State;
  readonly move: Name;
  readonly of: MoveActor;
  readonly outcome: Outcome;
  readonly id: string;
}
async function play<State extends string, Name extends string>(
  machine: Moves<State, Name>,
  how: MovesPlay<State, Name>,
  { state, move, of, outcome, id }: Played<State, Name>,
): Promise<void> {
  const { mutation, input } = how.moves[move];
  const seat = of.seat();
  const word = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await seat.ask(
    `mutation ($input: ${word}!) { ${mutation}(input: $input) { __typename ... on InvalidTransition { state allowed } ... on UserError { code message } } }`,
    { input: await input(id) },
  );
  const said = JSON.stringify(answer);
  const payload = answer.data?.[mutation] as { __typename: string; state?: string; allowed?: readonly string[] } | null | undefined;
  if (outcome === 'not theirs') ok(isRefused(answer, payload?.__typename, of), `It was to be refused: ${said}`);
  else if (outcome === 'not now') {
    const shown = (of.told?.(state) ?? state) as State;
    const expected = ['InvalidTransition', shown, openTo(machine, shown, of)];
    deepStrictEqual([payload?.__typename, payload?.state, payload?.allowed], expected, said);
  } else ok(payload?.__typename.endsWith('Success'), `It was to be done: ${said}`);
  const now = (await how.stateOf(id)) as State;
  const fitting: readonly State[] = outcome === 'done' ? leadsTo(machine.moves[move], state) : [state];
  ok(fitting.includes(now), `It stands in ${now}, and not in ${fitting.join(' or ')}.`);
}

/** Whoever sees the object is told FORBIDDEN; what is not in a contact's schema is no question of theirs at all. */
function isRefused({ errors }: Answer, type: string | undefined, { isBlind = false, isContact = false }: MoveActor): boolean {
  const codes = errors.map(({ extensions }) => extensions.code);
  if (codes.includes('FORBIDDEN') || (isContact && codes.includes('BAD_REQUEST'))) return true;
  return isBlind && type === 'NotFound';
}
