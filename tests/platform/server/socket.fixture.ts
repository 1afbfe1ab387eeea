import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

/** A client of graphql-transport-ws that does nothing by itself. */
export class TestSocket {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly messages: Message[] = [];
  private wake: () => void = () => {};

  constructor(url: string, options: { headers?: Record<string, string>; autoPong?: boolean; protocol?: string } = {}) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, options.protocol ?? 'graphql-transport-ws', options);
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)));
      this.wake();
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })));
  }

  async opened(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  send(message: Message): void {
    this.socket.send(JSON.stringify(message));
  }

  subscribe(id: string, query: string, variables?: object): void {
    this.send({ id, type: 'subscribe', payload: { query, variables } });
  }

  /** The next message, in the order of arrival. */
  async next(): Promise<Message> {
    while (!this.messages.length)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    return this.messages.shift()!;
  }
}

/** An open socket, signed in as a name or as nobody. */
export async function connected(url: string, name?: string): Promise<TestSocket> {
  const socket = await new TestSocket(url).opened();
  socket.send({ type: 'connection_init', payload: name ? { authorization: `Bearer ${name}` } : {} });
  const { type } = await socket.next();
  if (type !== 'connection_ack') throw new Error(`Not connected: ${type}`);
  return socket;
}
