import { Agent, request as send } from 'node:http';
import type { Asked } from './operations.ts';

/** One HTTP request, ready to be sent again and again. */
export interface Prepared {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
export interface Measured {
  /** Requests answered. */
  readonly made: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export const prepare = ({ query, variables }: Asked, headers: Readonly<Record<string, string>>): Prepared => {
  const body = JSON.stringify({ query, variables });
  return {
    body,
    headers: {
      ...headers,
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    },
  };
};

/** One contestant's socket pool. */
export class Client {
  readonly #port: number;
  readonly #agent: Agent;
  constructor(port: number, connections: number) {
    this.#port = port;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }
  ask({ headers, body }: Prepared): Promise<string> {
    return new Promise((resolve, reject) => {
      const request = send(
        { host: '127.0.0.1', port: this.#port, path: '/graphql', method: 'POST', agent: this.#agent, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
  close(): void {
    this.#agent.destroy();
  }
}

/** Asks over `connections` connections at once until the time is up. @param next gives the requests, one after the other. */
export async function load(client: Client, next: () => Prepared | undefined, connections: number, ms: number): Promise<Measured> {
  const times: number[] = [];
  let failed = 0;
  const started = performance.now();
  const worker = async (): Promise<void> => {
    for (let asked = next(); asked && performance.now() - started < ms; asked = next()) {
      const from = performance.now();
      const answer = await client.ask(asked);
      times.push(performance.now() - from);
      if (answer.includes('"errors":') || !answer.includes('"data":')) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN;
  return { made: times.length, perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}
