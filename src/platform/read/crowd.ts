import type { Seat } from '../permissions/seat.ts';

/** What each member of a crowd was told at some place of a document, by the member's id. */
type Told = ReadonlyMap<string, string>;

/**
 * Seats of one class (`classOf`) that ask the same at the same moment. They are answered by one execution for as long as nothing tells them
 * apart: a statement asks for all of them at once, and those to whom it says something else leave; a resolver that looks who is asking
 * makes the answer that of one seat alone.
 */
export class Crowd {
  /** Stands for all. Everything that is read of it is the same for each of them, but its id: reading that tells them apart. */
  readonly seat: Seat;
  /** Those that have not been told apart from the first. */
  alike: readonly Seat[];
  readonly #all: readonly Seat[];
  readonly #told: Map<string, Told>;
  constructor(all: readonly Seat[], left: readonly Seat[], told: Map<string, Told>) {
    this.#all = all;
    this.alike = left;
    this.#told = told;
    this.seat = Object.defineProperty({ ...left[0]! }, 'id', { get: () => this.alone().id, enumerable: true });
  }
  /** The first of them, whose answer it is from now on: somebody has looked who is asking. */
  alone(): Seat {
    this.alike = this.alike.slice(0, 1);
    return this.alike[0]!;
  }
  get ids(): readonly string[] {
    return this.#all.map(({ id }) => id);
  }
  /** @param place in the document. @param read asks the statement of that place for all, in the form of `crowdSql`. @returns the first one's text. */
  async agree(place: string, read: () => Promise<string>): Promise<string> {
    let told = this.#told.get(place);
    if (!told) {
      told = byMember(await read());
      this.#told.set(place, told);
    }
    const text = told.get(this.alike[0]!.id);
    if (text === undefined) throw new Error('A statement has passed over somebody.');
    const found = told;
    this.alike = this.alike.filter(({ id }) => found.get(id) === text);
    return text;
  }
}

/** The member whom a statement for a crowd is about. */
export const MEMBER = 'crowd.me';

/** A statement for all members: each text once, with the ids of those whose it is. */
export const crowdSql = (value: string, ids: string): string =>
  `select coalesce(json_agg(json_build_array(json, members)), '[]')::text as json from (select json, array_agg(member) as members from (
    select ${MEMBER} as member, (${value})::text as json from unnest(${ids}) as crowd(me)) each group by json) alike`;

const byMember = (text: string): Told =>
  new Map((JSON.parse(text) as [string, string[]][]).flatMap(([json, members]) => members.map((member) => [member, json] as const)));

/**
 * Answers each of some seats of one class; one run for all whose answers are the same.
 * @param run executes for a crowd, with `crowd.seat` as the seat.
 * @returns answers by the seats' ids.
 */
export async function answerAlike<Answer>(all: readonly Seat[], run: (crowd: Crowd) => Promise<Answer>): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  const told = new Map<string, Told>();
  for (let left = all; left.length; left = left.filter(({ id }) => !answers.has(id))) {
    const crowd = new Crowd(all, left, told);
    const answer = await run(crowd);
    for (const { id } of crowd.alike) answers.set(id, answer);
  }
  return answers;
}
