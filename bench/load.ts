import { connect, type Socket } from 'node:net';
import type { Asked } from './operations.ts';

/** One HTTP request, ready to be sent again and again. */
export type Prepared = Buffer;
export interface Measured {
  /** Requests answered. */
  readonly made: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

export function prepare({ query, variables }: Asked, headers: Readonly<Record<string, string>>): Prepared {
  const body = JSON.stringify({ query, variables });
  const all = {
    host: '127.0.0.1',
    ...headers,
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/**
 * One contestant's connections, kept open. It speaks just enough HTTP itself: node's client would take a good part of two cores, which then
 * is measured as if the contestants had needed it.
 */
export class Client {
  readonly #port: number;
  readonly #free: Connection[] = [];
  readonly #all: Connection[] = [];
  constructor(port: number) {
    this.#port = port;
  }
  async ask(prepared: Prepared): Promise<string> {
    const connection = this.#free.pop() ?? this.#open();
    const answer = await connection.ask(prepared);
    this.#free.push(connection);
    return answer;
  }
  #open(): Connection {
    const connection = new Connection(this.#port);
    this.#all.push(connection);
    return connection;
  }
  close(): void {
    for (const connection of this.#all) connection.close();
  }
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n');

/** One request at a time. */
class Connection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #size = 0;
  /** Bytes of the whole answer, once its head has told; nothing is known of a chunked one but its end. */
  #expected: number | 'chunked' | undefined;
  #answered: ((answer: string) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay(true);
    this.#socket.on('data', (chunk) => this.#take(chunk));
    this.#socket.on('error', (error) => this.#failed?.(error));
    this.#socket.on('close', () => this.#failed?.(new Error('The server closed the connection.')));
  }
  ask(prepared: Prepared): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#socket.write(prepared);
    });
  }
  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    this.#size += chunk.length;
    this.#expected ??= expectedOf(this.#received.length === 1 ? chunk : Buffer.concat(this.#received));
    const isWhole = this.#expected === 'chunked' ? this.#endsWith(LAST_CHUNK) : this.#size === this.#expected;
    if (!isWhole) return;
    const answer = Buffer.concat(this.#received);
    const text = this.#expected === 'chunked' ? unchunked(answer) : answer.toString('utf8', answer.indexOf(HEAD_END) + HEAD_END.length);
    this.#received = [];
    this.#size = 0;
    this.#expected = undefined;
    this.#answered?.(text);
  }
  #endsWith(end: Buffer): boolean {
    if (this.#size < end.length) return false;
    return Buffer.concat(this.#received.slice(-end.length)).subarray(-end.length).equals(end);
  }
}

function expectedOf(received: Buffer): number | 'chunked' | undefined {
  const end = received.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head);
  if (length) return end + HEAD_END.length + Number(length[1]);
  if (head.includes('\r\ntransfer-encoding: chunked')) return 'chunked';
  throw new Error(`An answer without a length:\n${head}`);
}

function unchunked(answer: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = answer.indexOf(HEAD_END) + HEAD_END.length; ; ) {
    const end = answer.indexOf('\r\n', at);
    const size = Number.parseInt(answer.toString('latin1', at, end), 16);
    if (!size) return Buffer.concat(parts).toString();
    parts.push(answer.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
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
