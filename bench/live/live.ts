import { openData } from '../data.ts';
import { Client } from '../load.ts';
import { openServer } from '../postgres.ts';
import { cpuSeconds, cpuSecondsOfTree, type Running, startContestant } from '../processes.ts';
import { openLiveData } from './live-data.ts';
import { fanOutLive, guichetLive, type LiveDialect } from './live-dialect.ts';
import { Audience, type Turn } from './live-turn.ts';

const POOL = 10;
const DIALECTS: Readonly<Record<string, LiveDialect>> = { guichet: guichetLive, 'fan-out': fanOutLive };
const SIZES = {
  quick: { sockets: 1_000, seats: 250, rounds: 1, ms: 2_000, flood: 20 },
  whole: { sockets: 1_000, seats: 250, rounds: 3, ms: 4_000, flood: 50 },
};
const PACE = { hot: 4, own: 20 };

interface Contestant extends Running {
  readonly name: string;
  readonly client: Client;
  readonly audience: Audience;
}
interface Figures extends Turn {
  readonly flood: number;
  readonly serverCpu: number;
  readonly databaseCpu: number;
}

/** S1: sockets on a form each and all of them on one more; delay of events, against a server that only sends. */
export async function runLive({ quick, say }: { quick: boolean; say(line: string): void }): Promise<Record<string, number>> {
  const size = quick ? SIZES.quick : SIZES.whole;
  const server = await openServer(say);
  const data = await openData(server.url, quick ? 'medium' : 'large', say);
  const contestants: Contestant[] = [];
  try {
    const hotTasks = 20 + (size.rounds + 1) * (PACE.hot * (size.ms / 1_000) + size.flood + 1);
    const live = await openLiveData(data.url, { seats: size.seats, sockets: size.sockets, hotTasks });
    for (const [name, dialect] of Object.entries(DIALECTS)) {
      const running = await startContestant(name, data.url, POOL, process.env.LIVE_NODE_OPTIONS);
      const client = new Client(running.port, 8);
      const audience = new Audience(live, dialect, client);
      contestants.push({ name, ...running, client, audience });
      console.time(name);
      await audience.open(running.port);
      console.timeEnd(name);
    }
    const figures = new Map<string, Figures[]>(contestants.map(({ name }) => [name, []]));
    for (let round = 0; round <= size.rounds; round++) {
      for (const contestant of round % 2 ? contestants : contestants.toReversed()) {
        const one = await turn(contestant, size, server.pid);
        if (round > 0) figures.get(contestant.name)!.push(one); // the first warms up
      }
    }
    return print(figures, say);
  } finally {
    for (const { client, audience, stop } of contestants) {
      audience.close();
      client.close();
      await stop();
    }
    await data.drop();
    await server.stop();
  }
}

async function turn({ audience, pid }: Contestant, { ms, flood }: { ms: number; flood: number }, postmaster: number): Promise<Figures> {
  const cpu = (): number[] => [cpuSeconds(pid) ?? Number.NaN, cpuSecondsOfTree(postmaster) ?? Number.NaN];
  const before = cpu();
  const steady = await audience.steady({ ms, ...PACE });
  const [serverCpu, databaseCpu] = cpu().map((seconds, i) => ((seconds - before[i]!) * 1_000) / (ms / 1_000));
  const { perSecond } = await audience.flood(flood);
  return { ...steady, flood: perSecond, serverCpu: serverCpu!, databaseCpu: databaseCpu! };
}

const at = (delays: readonly number[], part: number): number =>
  delays.toSorted((a, b) => a - b)[Math.min(delays.length - 1, Math.floor(delays.length * part))] ?? Number.NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

function print(figures: ReadonlyMap<string, readonly Figures[]>, say: (line: string) => void): Record<string, number> {
  const rows = [...figures].map(([name, of]) => {
    const [own, hot] = [of.flatMap((one) => one.own), of.flatMap((one) => one.hot)];
    const all = [...own, ...hot];
    const cells = [at(all, 0.5), at(all, 0.99), at(own, 0.5), at(own, 0.99), at(hot, 0.5), at(hot, 0.99)];
    return {
      name,
      cells: [...cells, mean(of.map((one) => one.flood)), mean(of.map((one) => one.serverCpu)), mean(of.map((one) => one.databaseCpu))],
    };
  });
  const heads = ['p50 ms', 'p99 ms', 'own p50', 'own p99', 'hot p50', 'hot p99', 'most/s', 'CPU ms/s', 'DB CPU'];
  say(`\n${'S1'.padEnd(14)}${heads.map((head) => head.padStart(9)).join(' ')}`);
  for (const { name, cells } of rows)
    say(`${name.padEnd(14)}${cells.map((cell) => cell.toFixed(cell < 100 ? 1 : 0).padStart(9)).join(' ')}`);
  const [guichet, bare] = rows;
  const ratio = (i: number): number => Math.round((guichet!.cells[i]! / bare!.cells[i]!) * 100) / 100;
  const report = { p50: ratio(0), p99: ratio(1), hotP99: ratio(5), throughput: ratio(6) };
  say(`against bare ws: delay p50 × ${report.p50}, p99 × ${report.p99}; deliveries a second × ${report.throughput}`);
  return report;
}
