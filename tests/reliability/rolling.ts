import { vi } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { connected } from '../platform/server/socket.fixture.ts';
import { type StartedProgram, startProgram } from '../support/started-program.ts';
import { Balancer } from './balancer.ts';
import { signInPeople } from './demo-load.ts';
import { ADD } from './write-load.ts';

const CLIENTS = 16;
/** Every so many of a client's requests adds a contact; the others read. */
const WRITES_EVERY = 4;
const READ = '{ viewer { name } contacts(first: 10) { totalCount nodes { name tags { name } } } }';
const FOLLOW = 'subscription { myTasks { kind } }';

export interface Rolled {
  readonly answered: number;
  readonly failed: readonly string[];
  readonly refused: number;
  readonly late: number;
  /** Contacts whose adding was answered. */
  readonly added: number;
  /** Close codes of the sockets that were open on servers that stopped. */
  readonly closed: readonly number[];
  readonly exitCodes: readonly (number | null)[];
  /** Milliseconds from SIGTERM to the exit; the longest. */
  readonly longestStop: number;
}

/** Restarts two servers of one database in turn, so many times each, while clients ask through a balancer. */
export async function rollUnderLoad(databaseUrl: string, rounds: number): Promise<Rolled> {
  const start = (): Promise<StartedProgram> =>
    startProgram({ DATABASE_URL: databaseUrl, DEMO: '1', WRITES_PER_MINUTE: '0', LOG_LEVEL: 'silent' });
  const servers = [await start(), await start()];
  const balancer = new Balancer();
  for (const { url } of servers) balancer.add(url);
  const people = await signInPeople(servers[0]!.url);
  const load = new ReadAndWrite(balancer, people('lin', servers[0]!.url), await someTag(people('lin', servers[0]!.url)));
  const [closed, exitCodes, stops]: [number[], (number | null)[], number[]] = [[], [], []];
  try {
    for (let turn = 0; turn < 2 * rounds; turn++) {
      const place = turn % 2;
      await load.more(CLIENTS * 4);
      const former = servers[place]!;
      const socket = await connected(former.url, people('wang', former.url).token);
      socket.subscribe('live', FOLLOW);
      const from = performance.now();
      exitCodes.push(await former.stop());
      stops.push(performance.now() - from);
      closed.push((await socket.closed).code);
      servers[place] = await start();
      balancer.add(servers[place].url, former.url);
    }
    await load.more(CLIENTS * 4);
    await load.end();
    const { answered, failed, added } = load;
    return {
      answered,
      failed,
      added,
      refused: balancer.refused,
      late: balancer.late,
      closed,
      exitCodes,
      longestStop: Math.round(Math.max(...stops)),
    };
  } finally {
    balancer.close();
    await Promise.all(servers.map((server) => server.stop()));
  }
}
async function someTag(seat: TestSeat): Promise<string> {
  return (await seat.query('{ tagGroups { nodes { tags { nodes { id } } } } }')).tagGroups.nodes[0].tags.nodes[0].id;
}

/** Clients that read and write without a pause. */
class ReadAndWrite {
  answered = 0;
  added = 0;
  readonly failed: string[] = [];
  readonly #balancer: Balancer;
  readonly #seat: TestSeat;
  readonly #tagId: string;
  readonly #clients: Promise<unknown>;
  #over = false;
  constructor(balancer: Balancer, seat: TestSeat, tagId: string) {
    this.#balancer = balancer;
    this.#seat = seat;
    this.#tagId = tagId;
    this.#clients = Promise.all(Array.from({ length: CLIENTS }, (_, client) => this.#ask(client)));
  }
  /** Waits until so many more were answered. */
  async more(count: number): Promise<void> {
    const enough = this.answered + count;
    await vi.waitUntil(() => this.answered >= enough, { interval: 5, timeout: 600_000 });
  }
  async end(): Promise<void> {
    this.#over = true;
    await this.#clients;
  }

  async #ask(client: number): Promise<void> {
    for (let count = 0; !this.#over; count++) {
      const writes = count % WRITES_EVERY === 0;
      const fault = await this.#once(writes ? this.#adding(client, count) : { query: READ }).catch(String);
      if (fault) this.failed.push(fault);
      else this.added += Number(writes);
      this.answered++;
    }
  }
  /** @returns what is wrong with the answer. */
  async #once(body: object): Promise<string | undefined> {
    const { status, body: answer } = await this.#balancer.post(this.#seat.token, body);
    return status === 200 && !answer.includes('"errors"') && !answer.includes('"code"') ? undefined : `${status} ${answer.slice(0, 200)}`;
  }
  #adding(client: number, count: number): object {
    const phone = `+86135${String(client).padStart(3, '0')}${String(count).padStart(5, '0')}`;
    return { query: ADD, variables: { input: { name: `Number ${count}`, phone, tagIds: [this.#tagId], idempotencyKey: phone } } };
  }
}
