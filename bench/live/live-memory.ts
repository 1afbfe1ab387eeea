import { setTimeout as pause } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { GIVES_BACK, settledMemory } from '../memory.ts';
import { cpuSeconds, startContestant } from '../processes.ts';
import type { LiveData } from './live-data.ts';
import type { LiveDialect } from './live-dialect.ts';

const BATCH = 50;
const IDLE = 4_000;

export interface Idle {
  /** Bytes of resident memory that one more idle subscriber takes. */
  readonly bytes: number;
  /** CPU milliseconds a second that all of them take while nothing happens. */
  readonly cpu: number;
}

/** What subscribers take who wait for events that do not come, each on a socket of its own. */
export async function measureIdle(name: string, dialect: LiveDialect, url: string, pool: number, { sockets }: LiveData): Promise<Idle> {
  const running = await startContestant(name, url, pool, GIVES_BACK);
  const open: WebSocket[] = [];
  const openSome = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i += BATCH)
      open.push(
        ...(await Promise.all(sockets.slice(i, i + BATCH).map((socket) => dialect.open(running.port, socket, undefined, () => {})))),
      );
  };
  try {
    const few = Math.floor(sockets.length / 10);
    await openSome(0, few); // code is compiled and pools are filled by the first of them
    const before = await settledMemory(running);
    await openSome(few, sockets.length);
    const after = await settledMemory(running);
    const used = cpuSeconds(running.pid) ?? Number.NaN;
    await pause(IDLE);
    const cpu = ((cpuSeconds(running.pid) ?? Number.NaN) - used) * (1_000_000 / IDLE);
    return { bytes: (after - before) / (sockets.length - few), cpu };
  } finally {
    for (const socket of open) socket.terminate();
    await running.stop();
  }
}
