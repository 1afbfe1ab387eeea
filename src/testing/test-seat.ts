import { setImmediate } from 'node:timers/promises';
import { createClient, MessageType } from 'graphql-ws';
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

/** What a test asks of a server's live events. */
export interface FollowedHub {
  /** How many subscriptions the server has come to tell of what happens. */
  readonly caughtUp: number;
  /** Has all that was done so far behind it: what a subscription that begins now is not told of. */
  settle(): Promise<void>;
}

/** One seat of a test: asks over HTTP and follows over sockets, as a front end does. */
export class TestSeat {
  /** Global id, as `viewer.id`. */
  readonly id: string;
  readonly name: string;
  readonly token: string | undefined;
  /** Of the server that is asked; undefined where it runs elsewhere. */
  readonly hub: FollowedHub | undefined;
  readonly #url: string;
  constructor(seat: { id: string; name: string; token: string | undefined; url: string; hub?: FollowedHub }) {
    this.id = seat.id;
    this.name = seat.name;
    this.token = seat.token;
    this.hub = seat.hub;
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
  /**
   * Follows live until `stop`. `next` waits for the next event, and throws where there is none any more. What was done before is not told;
   * from `opened` on, the subscription is told of all that happens, or is refused. Where the server runs elsewhere, let it begin `after` a place.
   */
  follow<Data = Loose>(
    query: string,
    variables: Record<string, unknown> = {},
  ): { next(): Promise<Data>; stop(): Promise<void>; opened: Promise<void> } {
    const { hub } = this;
    let before = 0;
    let ended = false;
    const opened = Promise.withResolvers<void>();
    const isFollowed = async (): Promise<void> => {
      while (hub && !ended && hub.caughtUp <= before) await setImmediate();
      opened.resolve();
    };
    const client = createClient({
      url: `${this.#url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      on: {
        connected: () => void isFollowed(),
        message: ({ type }) => {
          ended ||= type === MessageType.Error || type === MessageType.Complete;
        },
        closed: () => {
          ended = true;
        },
      },
    });
    const iterate = async (): Promise<ReturnType<typeof client.iterate<Record<string, Data>>>> => {
      await hub?.settle();
      before = hub?.caughtUp ?? 0;
      return client.iterate<Record<string, Data>>({ query, variables });
    };
    const events = iterate();
    // Asked for before it is wanted: what ends before anybody waits for it would be waited for without end.
    const ask = (): ReturnType<Awaited<typeof events>['next']> => {
      const answer = events.then((one) => one.next());
      answer.catch(() => {});
      return answer;
    };
    let asked = ask();
    const next = async (): Promise<Data> => {
      const answer = asked;
      asked = answer.then(ask);
      asked.catch(() => {});
      const { value, done } = await answer.catch((cause: unknown) => Promise.reject(asError(cause)));
      if (done || !value) throw new Error('The subscription has ended.');
      if (value.errors?.length) throw new Error(JSON.stringify(value.errors));
      return Object.values(value.data as Record<string, Data>)[0]!;
    };
    const stop = async (): Promise<void> => {
      await (await events).return?.();
      await client.dispose();
    };
    return { next, stop, opened: opened.promise };
  }
}
