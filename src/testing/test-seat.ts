import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An answer as a front end gets it. */
export interface Answer<Data = Record<string, never>> {
  readonly data: Data | null;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
}
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it asked for, and fails where it is not there
type Loose = any;

/** What ends a subscription otherwise than well: errors of GraphQL, or how its socket was closed. */
const asError = (cause: unknown): Error => {
  if (cause instanceof Error) return cause;
  const { code, reason } = cause as { code?: number; reason?: string };
  return new Error(code === undefined ? JSON.stringify(cause) : `The socket was closed: ${code} ${reason}`, { cause });
};

/** One seat of a test: asks over HTTP and follows over sockets, as a front end does. */
export class TestSeat {
  /** Global id, as `viewer.id`. */
  readonly id: string;
  readonly name: string;
  readonly token: string | undefined;
  readonly #url: string;
  constructor(seat: { id: string; name: string; token: string | undefined; url: string }) {
    this.id = seat.id;
    this.name = seat.name;
    this.token = seat.token;
    this.#url = seat.url;
  }

  /** The whole answer: data and errors. */
  async ask<Data = Loose>(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.token ? { authorization: `Bearer ${this.token}` } : {}), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<Answer<Data>>;
    return { data, errors };
  }
  /** The data. @throws where there is any error. */
  async query<Data = Loose>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const { data, errors } = await this.ask<Data>(query, variables);
    if (errors.length || !data) throw new Error(`${this.name} was answered ${JSON.stringify(errors)} to ${query}`);
    return data;
  }
  /** The payload of one mutation. @throws unless it succeeded. */
  async does<Data = Loose>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const payload = Object.values(await this.query<Record<string, { __typename: string }>>(query, variables))[0];
    if (!payload?.__typename.endsWith('Success')) throw new Error(`${this.name} was refused: ${JSON.stringify(payload)}`);
    return payload as Data;
  }
  /** Follows live until `stop`. `next` waits for the following event, and throws where there is none any more. */
  follow<Data = Loose>(
    query: string,
    variables: Record<string, unknown> = {},
  ): { next(): Promise<Data>; stop(): Promise<void>; opened: Promise<void> } {
    let opened = (): void => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const client = createClient({
      url: `${this.#url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      on: { connected: () => opened() },
    });
    const events = client.iterate<Record<string, Data>>({ query, variables });
    const next = async (): Promise<Data> => {
      const { value, done } = await events.next().catch((cause: unknown) => Promise.reject(asError(cause)));
      if (done || !value) throw new Error('The subscription has ended.');
      if (value.errors?.length) throw new Error(JSON.stringify(value.errors));
      return Object.values(value.data as Record<string, Data>)[0]!;
    };
    const stop = async (): Promise<void> => {
      await events.return?.();
      await client.dispose();
    };
    return { next, stop, opened: open };
  }
}
