import { openData } from '../data.ts';
import { Client } from '../load.ts';
import { openServer } from '../postgres.ts';
import { cpuSeconds, type Running, startContestant } from '../processes.ts';
import { benchSize } from '../sizes.ts';
import { type LiveData, openLiveData } from './live-data.ts';
import { fanOutLive, guichetLive, type LiveDialect } from './live-dialect.ts';
import { type Idle, measureIdle } from './live-memory.ts';
import { type LiveFigures, printLive } from './live-report.ts';
import { Audience } from './live-turn.ts';

const POOL = 10;
const DIALECTS: Readonly<Record<string, LiveDialect>> = { guichet: guichetLive, 'fan-out': fanOutLive };
const SOCKETS = 1_000;
/** A seat may have ten sockets (targets 2). */
const SEATS = 250;
/** Events a second: what a busy day makes, so that delays are not those of a queue. */
const PACE = { hot: 4, own: 20 };
const IDLE = { seats: 1_000, sockets: 10_000, hotTasks: 0 };
interface Size {
  readonly rounds: number;
  readonly ms: number;
  /** Events that are made as fast as they can be, to see how many deliveries there are in a second. */
  readonly flood: number;
}
const WHOLE: Size = { rounds: 4, ms: 5_000, flood: 20 };
const QUICK: Size = { rounds: 2, ms: 3_000, flood: 10 };
/** Events that are made before the first round, until everybody has been told of one. */
const OPENING = 40;

interface Contestant extends Running {
  readonly name: string;
  readonly client: Client;
  readonly audience: Audience;
}

/**
 * S1: sockets that follow a form each, and all of them one more. Delay of events and memory of who waits for them, against a server that only
 * sends. A quick run leaves the memory out.
 */
export async function runLive({ quick, say }: { quick: boolean; say(line: string): void }): Promise<Record<string, number>> {
  const size = quick ? QUICK : WHOLE;
  const server = await openServer(say);
  const data = await openData(server.url, benchSize(quick ? 'medium' : 'large'), say);
  try {
    const hotTasks = OPENING + (size.rounds + 1) * (PACE.hot * (size.ms / 1_000) + size.flood + 1);
    const figures = await race(data.url, await openLiveData(data.url, { seats: SEATS, sockets: SOCKETS, hotTasks }), size);
    const idle = new Map<string, Idle>();
    if (!quick) {
      const waiting = await openLiveData(data.url, IDLE);
      for (const [name, dialect] of Object.entries(DIALECTS)) idle.set(name, await measureIdle(name, dialect, data.url, POOL, waiting));
    }
    return printLive(figures, idle, say);
  } finally {
    await data.drop();
    await server.stop();
  }
}

async function race(url: string, data: LiveData, size: Size): Promise<Map<string, LiveFigures[]>> {
  const contestants: Contestant[] = [];
  try {
    for (const [name, dialect] of Object.entries(DIALECTS)) {
      const running = await startContestant(name, url, POOL);
      const client = new Client(running.port);
      const audience = new Audience(data, dialect, client);
      contestants.push({ name, ...running, client, audience });
      await audience.open(running.port);
    }
    const figures = new Map<string, LiveFigures[]>(contestants.map(({ name }) => [name, []]));
    for (let round = 0; round <= size.rounds; round++) {
      for (const contestant of round % 2 ? contestants : contestants.toReversed()) {
        const one = await turn(contestant, size);
        if (round > 0) figures.get(contestant.name)!.push(one); // the first warms up
      }
    }
    return figures;
  } finally {
    for (const { client, audience, stop } of contestants) {
      audience.close();
      client.close();
      await stop();
    }
  }
}

async function turn({ audience, pid }: Contestant, { ms, flood }: Size): Promise<LiveFigures> {
  const before = cpuSeconds(pid) ?? Number.NaN;
  const steady = await audience.steady({ ms, ...PACE });
  const cpu = (((cpuSeconds(pid) ?? Number.NaN) - before) * 1_000) / (ms / 1_000);
  const { perSecond } = await audience.flood(flood);
  return { ...steady, most: perSecond, cpu };
}
