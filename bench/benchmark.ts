import { isDeepStrictEqual } from 'node:util';
import { openApprovals, openData, openRequests, openSeats } from './data.ts';
import { guichetDialect } from './dialect-guichet.ts';
import { limitDialect } from './dialect-limit.ts';
import { plainDialect } from './dialect-plain.ts';
import { postgraphileDialect } from './dialect-postgraphile.ts';
import { Client, load, type Measured, type Prepared, prepare } from './load.ts';
import { type Dialect, OPERATIONS, type Operation, type Request } from './operations.ts';
import { openServer } from './postgres.ts';
import { cpuSeconds, cpuSecondsOfTree, type Running, startContestant } from './processes.ts';
import { benchSize } from './sizes.ts';

const CONNECTIONS = 32;
const POOL = 10;
const DIALECTS: Readonly<Record<string, Dialect>> = {
  guichet: guichetDialect,
  postgraphile: postgraphileDialect,
  limit: limitDialect,
  plain: plainDialect,
};

export interface BenchmarkOptions {
  readonly quick: boolean;
  readonly only?: readonly string[];
  readonly against?: readonly string[];
  say(line: string): void;
}
interface Contestant extends Running {
  readonly name: string;
  readonly client: Client;
  readonly dialect: Dialect;
}
interface Figures extends Measured {
  /** CPU milliseconds a request. */
  readonly serverCpu: number | undefined;
  readonly databaseCpu: number | undefined;
}
/** `{ Q1: { postgraphile: 1.7, limit: 0.4, plain: 6 }, … }`: this server's throughput divided by each other's. */
export type Report = Record<string, Record<string, number>>;

/** Runs the contestants against each other, in turn, round after round. */
export async function runBenchmark({ quick, only, against, say }: BenchmarkOptions): Promise<Report> {
  const rounds = quick ? 2 : 4;
  const ms = quick ? 1_500 : 4_000;
  const server = await openServer(say);
  const data = await openData(server.url, benchSize(quick ? 'medium' : 'large'), say);
  const contestants: Contestant[] = [];
  try {
    const seats = await openSeats(data.url);
    const requests = await openRequests(data.url, seats);
    for (const name of Object.keys(DIALECTS)) {
      if (name !== 'guichet' && against && !against.includes(name)) continue;
      const running = await startContestant(name, data.url, POOL);
      contestants.push({ name, ...running, client: new Client(running.port), dialect: DIALECTS[name]! });
    }
    const operations = OPERATIONS.filter((operation) => !only || only.includes(operation));
    for (const operation of operations) if (operation !== 'M1') await compare(operation, contestants, requests[operation]!, say);
    const report: Report = {};
    for (const operation of operations) {
      // The tasks change hands only when nobody is asked for an inbox any more.
      const asked = operation === 'M1' ? await openApprovals(data.url, seats) : requests[operation]!;
      const figures = await race(operation, contestants, asked, { rounds, ms, postmaster: server.pid });
      report[operation] = ratios(figures);
      print(operation, figures, say);
    }
    return report;
  } finally {
    for (const { client, stop } of contestants) {
      client.close();
      await stop();
    }
    await data.drop();
    await server.stop();
  }
}

const headersOf = ({ seat }: Request): Record<string, string> => ({
  authorization: `Bearer ${seat.token}`,
  'x-seat': `${seat.organizationId}/${seat.id}`,
});
const preparedFor = ({ dialect }: Contestant, request: Request): Prepared => prepare(dialect.ask(request), headersOf(request));

/** Nobody is timed before all give the same answers. */
async function compare(
  operation: Operation,
  contestants: readonly Contestant[],
  requests: readonly Request[],
  say: (line: string) => void,
): Promise<void> {
  for (let i = 0; i < requests.length; i += 5) {
    const request = requests[i]!;
    const answers = await Promise.all(
      contestants.map(async (contestant) => {
        const text = await contestant.client.ask(preparedFor(contestant, request));
        const { data, errors } = JSON.parse(text) as { data: never; errors?: unknown };
        if (errors) throw new Error(`${contestant.name} answers ${operation} with ${JSON.stringify(errors).slice(0, 500)}`);
        return contestant.dialect.read(operation, data);
      }),
    );
    const [first] = answers;
    for (const [at, answer] of answers.entries()) {
      if (isDeepStrictEqual(answer, first)) continue;
      throw new Error(
        `${operation} for a ${request.seat.kind} seat: ${contestants[at]!.name} answers\n${JSON.stringify(answer).slice(0, 1500)}\nand ${contestants[0]!.name}\n${JSON.stringify(first).slice(0, 1500)}`,
      );
    }
  }
  say(`${operation}: all answers agree`);
}

async function race(
  operation: Operation,
  contestants: readonly Contestant[],
  requests: readonly Request[],
  { rounds, ms, postmaster }: { rounds: number; ms: number; postmaster: number },
): Promise<Map<string, Figures[]>> {
  const all = new Map<string, Figures[]>(contestants.map(({ name }) => [name, []]));
  let taken = 0;
  // A task is approved once: every turn has as many of them as any other.
  const share = Math.floor(requests.length / (contestants.length * (rounds + 1)));
  for (let round = 0; round <= rounds; round++) {
    const order = contestants.map((_, i) => contestants[(i + round) % contestants.length]!);
    for (const contestant of order) {
      const prepared = operation === 'M1' ? [] : requests.map((request) => preparedFor(contestant, request));
      let i = 0;
      const end = taken + share;
      const next =
        operation === 'M1'
          ? () => (taken < end ? preparedFor(contestant, requests[taken++]!) : undefined)
          : () => prepared[i++ % prepared.length];
      const before = [cpuSeconds(contestant.pid), cpuSecondsOfTree(postmaster)];
      const measured = await load(contestant.client, next, CONNECTIONS, round === 0 ? ms / 2 : ms);
      if (measured.failed) throw new Error(`${contestant.name} failed ${measured.failed} of ${operation}`);
      const after = [cpuSeconds(contestant.pid), cpuSecondsOfTree(postmaster)];
      const [serverCpu, databaseCpu] = after.map((seconds, at) =>
        seconds === undefined || before[at] === undefined ? undefined : ((seconds - before[at]!) * 1000) / measured.made,
      );
      if (operation === 'M1') taken = end;
      if (round > 0) all.get(contestant.name)!.push({ ...measured, serverCpu, databaseCpu }); // the first warms up
    }
  }
  return all;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
const middle = (figures: readonly Figures[], pick: (one: Figures) => number | undefined): number =>
  median(figures.flatMap((one) => pick(one) ?? []));

function ratios(figures: ReadonlyMap<string, readonly Figures[]>): Record<string, number> {
  const own = middle(figures.get('guichet')!, (one) => one.perSecond);
  const others = [...figures].filter(([name]) => name !== 'guichet');
  return Object.fromEntries(others.map(([name, of]) => [name, Math.round((own / middle(of, (one) => one.perSecond)) * 100) / 100]));
}

function print(operation: Operation, figures: ReadonlyMap<string, readonly Figures[]>, say: (line: string) => void): void {
  const number = (value: number, digits = 1): string => (Number.isFinite(value) ? value.toFixed(digits) : '–').padStart(9);
  say(`\n${operation.padEnd(14)}${['req/s', 'p50 ms', 'p99 ms', 'CPU ms', 'DB CPU ms'].map((head) => head.padStart(9)).join(' ')}   ratio`);
  const report = ratios(figures);
  for (const [name, of] of figures) {
    const cells = [middle(of, (one) => one.perSecond), middle(of, (one) => one.p50), middle(of, (one) => one.p99)].map((value) =>
      number(value),
    );
    const cpu = [middle(of, (one) => one.serverCpu), middle(of, (one) => one.databaseCpu)].map((value) => number(value, 2));
    say(`${name.padEnd(14)}${[...cells, ...cpu].join(' ')}   ${name === 'guichet' ? '' : report[name]!.toFixed(2)}`);
  }
}
