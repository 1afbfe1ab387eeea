import type { Table } from '../platform/database/table.ts';
import type { Rule } from '../platform/permissions/rule.ts';
import { type WordsRef, words } from '../platform/schema/entity-ref.ts';
import { invalidTransition } from '../platform/schema/refusal-type.ts';
import { sql } from '../platform/sql/author-sql.ts';
import { quoted, type RowHandle, Sql } from '../platform/sql/sql.ts';
import type { UseCase } from '../platform/write/use-case.ts';
import type { EntityFields } from './builder.ts';
import { faultsOfMoves } from './moves.check.ts';

/** One way from state to state (spec 8.5). */
export interface Move<State extends string = string> {
  /** States in which it can be made. */
  readonly from: readonly State[];
  /** Where it can lead: several where facts decide, such as shipping a part or the rest. Left out: what is moved stays where it stands. */
  readonly to?: readonly State[];
  /** Of the states in `from` those in which it is made and leads nowhere, while from the others it leads on. */
  readonly staysIn?: readonly State[];
  /** Who makes it. */
  readonly who: Rule;
  readonly description: string;
}
/** A move that nobody makes: the server does, when its time has come. */
export type MoveOfItself<State extends string = string> = Omit<Move<State>, 'who' | 'to'> & { readonly to: readonly State[] };
/** States of one type and the moves between them, as data: what may be done now, who may do it, and the picture of it are made from this. */
export interface Moves<State extends string = string, Name extends string = string> {
  /** Of the enum of its states, such as `RepairState`. */
  readonly name: string;
  readonly description: string;
  readonly begins: State;
  /** Every state with what it means. */
  readonly states: Readonly<Record<State, string>>;
  readonly moves: Readonly<Record<Name, Move<State>>>;
  /** What the server does by itself, such as what expires (`clocks`), by names for the picture: no mutation makes it, and nobody can. */
  readonly byItself?: Readonly<Record<string, MoveOfItself<State>>>;
}

/**
 * Declares the states of a type and the moves between them.
 * @throws where a state cannot be reached, or a move leads nowhere: at the start, with the machine's name.
 *
 * @example
 * const lending = defineMoves({
 *   name: 'LendingState',
 *   description: 'Where a loan stands.',
 *   begins: 'ASKED',
 *   states: { ASKED: 'Somebody asks for it.', OUT: 'It is out.', BACK: 'It is back.' },
 *   moves: {
 *     handOut: { from: ['ASKED'], to: ['OUT'], who: rules.lend, description: 'Gives it out.' },
 *     takeBack: { from: ['OUT'], to: ['BACK'], who: rules.lend, description: 'Takes it back.' },
 *   },
 * });
 */
export function defineMoves<const State extends string, const Name extends string>(given: Moves<State, Name>): Moves<State, Name> {
  const faults = faultsOfMoves(given);
  if (faults.length) throw new Error(`The moves of ${given.name} cannot be right: ${faults.join(' ')}`);
  return given;
}

/** Where a move can lead that is made in a state: nowhere else where it stays. */
export const leadsTo = <State extends string>({ to, staysIn }: Pick<Move<State>, 'to' | 'staysIn'>, state: State): readonly State[] =>
  to === undefined || staysIn?.includes(state) ? [state] : to;

/** The enum of the states. */
export const stateWords = <State extends string>({ name, description, states }: Moves<State>): WordsRef<State> =>
  words(name, description, states);

/** In the order of their declaration. */
const namesOf = <State extends string, Name extends string>({ moves }: Moves<State, Name>): Name[] => Object.keys(moves) as Name[];

/** Names of the moves that can be made in a state, whoever makes them. */
export const openIn = <State extends string, Name extends string>(machine: Moves<State, Name>, state: State): Name[] =>
  namesOf(machine).filter((name) => machine.moves[name].from.includes(state));

/** On what a move is made. */
export interface MoveAt<State extends string> {
  /** GraphQL type of the object, and its UUID. */
  readonly type: string;
  readonly id: string;
  /** Of the input field that names it. */
  readonly path: readonly string[];
  /** Reads the state of the object, which is locked by then. */
  stateOf(): Promise<State>;
}
/**
 * Locks an object for a move.
 * @returns the state that it is in.
 * @throws NotFound, FORBIDDEN, and InvalidTransition with what the seat can do instead.
 */
export async function holdMove<State extends string, Name extends string>(
  use: UseCase,
  machine: Moves<State, Name>,
  name: Name,
  at: MoveAt<State>,
): Promise<State> {
  const { from, who } = machine.moves[name];
  await use.authorize(at.type, at.id, who, { path: at.path });
  const state = await at.stateOf();
  if (from.includes(state)) return state;
  throw invalidTransition({ state, allowed: await allowedTo(use, machine, at, state) }, at.path);
}

async function allowedTo<State extends string, Name extends string>(
  use: UseCase,
  machine: Moves<State, Name>,
  { type, id }: MoveAt<State>,
  state: State,
): Promise<Name[]> {
  const open = openIn(machine, state);
  const admits = new Map<Rule, boolean>();
  for (const rule of new Set(open.map((name) => machine.moves[name].who))) admits.set(rule, await use.may(type, id, rule));
  return open.filter((name) => admits.get(machine.moves[name].who));
}

/**
 * Fields of `viewerCan`, one a move: whether the seat may make it, and it can be made now.
 * @param column of the state. @param rule of the fields themselves. @param needs what else has to be so of a row, by the moves for which a state is
 * not all
 */
export function moveFields<T extends Table, Name extends string>(
  t: EntityFields<T>,
  machine: Moves<string, Name>,
  column: keyof T['columns'] & string,
  rule: Rule,
  needs: Partial<Record<Name, (row: RowHandle<T>) => Sql>> = {},
): Record<Name, ReturnType<EntityFields<T>['permission']>> {
  const among = (row: Readonly<Record<string, Sql>>, states: readonly string[]): Sql =>
    new Sql(`${row[column]!.text} in (${states.map(quoted).join(', ')})`);
  return Object.fromEntries(
    Object.entries<Move>(machine.moves).map(([name, { who, from, description }]) => [
      name,
      t.permission(who, {
        description,
        rule,
        when: (row) => {
          const [inState, needed] = [among(row as never, from), needs[name as Name]?.(row)];
          return needed ? sql`${inState} and ${needed}` : inState;
        },
      }),
    ]),
  ) as never;
}
