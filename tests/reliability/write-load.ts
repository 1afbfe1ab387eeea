import { vi } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { APPROVE, PLACE } from '../support/form-moves.ts';

// Clients that write without a pause, as front ends do that must not lose or double anything: one mutation at a time, each with a key, sent
// again with the same key for as long as there was no answer.

export const ADD = `mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id } } } }`;
const TASKS = '{ myTasks(first: 1) { nodes { id version } } }';
const PRODUCTS = '{ products(first: 1) { nodes { id } } }';
const [BEFORE_AGAIN_MS, AT_LAST_MS] = [20, 600_000];
/** Codes that do not say what came of a mutation: something broke, or it took too long and may still go on. */
const UNTOLD = ['INTERNAL', 'LIMIT_EXCEEDED'];

export interface Deed {
  readonly kind: 'contact' | 'order' | 'approval';
  /** Finds what came of it: the contact's phone, the order's note, the task's global id. */
  readonly mark: string;
}
/** How a client reaches the server at the moment; a seat changes its address when the server does. */
export type Reach = (name: string) => TestSeat;
interface Mutation {
  readonly deed: Deed;
  readonly query: string;
  readonly input: object;
}
interface Writer {
  readonly name: string;
  /** The next mutation; undefined where there is nothing to do yet. */
  next(ask: TestSeat): Promise<Mutation | undefined>;
}

export class WriteLoad {
  /** What was answered as a success, in the order of the answers. */
  readonly answered: Deed[] = [];
  /** Answers that there should not have been. */
  readonly faults: string[] = [];
  /** Mutations that were sent again, because there was no answer. */
  repeated = 0;
  readonly #reach: Reach;
  readonly #clients: Promise<unknown>;
  #over = false;
  constructor(reach: Reach, writers: readonly Writer[]) {
    this.#reach = reach;
    this.#clients = Promise.all(writers.map((writer) => this.#write(writer)));
  }
  /** Lets everybody have the answer that they wait for. */
  async end(): Promise<void> {
    this.#over = true;
    await this.#clients;
  }

  async #write(writer: Writer): Promise<void> {
    while (!this.#over) {
      const found = await this.#untilAnswered(() => this.#next(writer));
      if (!found) return;
      const { deed, query, input } = found;
      const idempotencyKey = `${writer.name} ${deed.mark}`.slice(0, 64);
      const answer = await this.#untilAnswered(async () => {
        const { data, errors } = await this.#reach(writer.name).ask(query, { input: { ...input, idempotencyKey } });
        if (errors.some(({ extensions }) => UNTOLD.includes(extensions.code))) throw new Error('Nobody has said what came of it.');
        return errors.length ? JSON.stringify(errors) : (Object.values(data)[0] as { __typename: string }).__typename;
      }, true);
      if (answer.endsWith('Success')) this.answered.push(deed);
      else this.faults.push(`${deed.kind} ${deed.mark}: ${answer}`);
    }
  }
  /** Undefined at the end. @throws where there is nothing to do yet */
  async #next(writer: Writer): Promise<Mutation | undefined> {
    if (this.#over) return undefined;
    const found = await writer.next(this.#reach(writer.name));
    if (!found) throw new Error('There is nothing to do yet.');
    return found;
  }
  #untilAnswered<T>(ask: () => Promise<T>, counts = false): Promise<T> {
    let times = 0;
    const again = (): Promise<T> => {
      if (times++ === 1 && counts) this.repeated++;
      return ask();
    };
    return vi.waitFor(again, { interval: BEFORE_AGAIN_MS, timeout: AT_LAST_MS });
  }
}

/** Adds contacts. @param phones a prefix of six digits that nobody else uses, such as `136000` */
export function adder(name: string, phones: string, tagIds: readonly string[]): Writer {
  let count = 0;
  return {
    name,
    next: async () => {
      const phone = `+86${phones}${String(count++).padStart(5, '0')}`;
      return { deed: { kind: 'contact', mark: phone }, query: ADD, input: { name: `Number ${count}`, phone, tagIds } };
    },
  };
}
/** Places orders. */
export function customer(name: string): Writer {
  let count = 0;
  return {
    name,
    next: async (seat) => {
      const productId = (await seat.query(PRODUCTS)).products.nodes[0].id;
      const mark = `${name} ${count++}`;
      return { deed: { kind: 'order', mark }, query: PLACE, input: { lines: [{ productId, quantity: 1 }], note: mark } };
    },
  };
}
/** Approves its tasks. @param next global id of the next approver; without one, as the last */
export function approver(name: string, next?: string): Writer {
  return {
    name,
    next: async (seat) => {
      const [task] = (await seat.query(TASKS)).myTasks.nodes;
      if (!task) return undefined;
      const input = { taskId: task.id, expectedVersion: task.version, nextApproverId: next };
      return { deed: { kind: 'approval', mark: task.id }, query: APPROVE, input };
    },
  };
}
