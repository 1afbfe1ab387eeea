import { type Client, createClient } from 'graphql-ws';

/** A document that knows what it answers and what it takes, as the code generator makes them. */
export interface TypedDocument<Data, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Data;
}
type Given<Variables> = Variables extends Record<string, never> ? [] : [variables: Variables];

export interface AnswerFault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly requestId?: string };
}
/** What could not be answered. */
export class AnswerError extends Error {
  readonly faults: readonly AnswerFault[];
  constructor(faults: readonly AnswerFault[]) {
    super(faults.map(({ message }) => message).join('\n'));
    this.faults = faults;
  }
}
/** A field that the seat may not read is null: that is an answer, and the rest of the page is shown. */
const failsIn = (faults: readonly AnswerFault[] = []): AnswerFault[] => faults.filter(({ extensions }) => extensions.code !== 'FORBIDDEN');

/** Asks as one seat, with types, and follows events over one socket that comes back by itself. */
export class GuichetClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #live: Client;

  /** @param url where Guichet is, such as `https://guichet.example` @param token of one seat; without it nobody is signed in */
  constructor(url: string, token?: string, language = 'en') {
    const identity: Readonly<Record<string, string>> = token ? { authorization: `Bearer ${token}` } : {};
    this.#url = `${url}/graphql`;
    this.#headers = { 'content-type': 'application/json', 'accept-language': language, ...identity };
    this.#live = createClient({
      url: this.#url.replace(/^http/, 'ws'),
      connectionParams: identity,
      retryAttempts: Number.POSITIVE_INFINITY,
    });
  }

  /** @throws AnswerError where something was not answered for another reason than a rule on a field */
  async ask<Data, Variables>(document: TypedDocument<Data, Variables>, ...[variables]: Given<Variables>): Promise<Data> {
    const body = JSON.stringify({ query: document.toString(), variables });
    const response = await fetch(this.#url, { method: 'POST', headers: this.#headers, body });
    const { data, errors } = (await response.json()) as { readonly data?: Data | null; readonly errors?: readonly AnswerFault[] };
    const faults = data ? failsIn(errors) : (errors ?? []);
    if (!data || faults.length) throw new AnswerError(faults);
    return data;
  }

  /** Events, until whoever takes them stops. Keep the cursor of each: after a break, subscribe `after` the last one. */
  async *follow<Data, Variables>(document: TypedDocument<Data, Variables>, ...[variables]: Given<Variables>): AsyncGenerator<Data> {
    const events = this.#live.iterate<Data>({ query: document.toString(), variables: variables as Record<string, unknown> | undefined });
    for await (const { data, errors } of events) {
      const faults = failsIn(errors as readonly AnswerFault[] | undefined);
      if (faults.length) throw new AnswerError(faults);
      if (data) yield data;
    }
  }

  async close(): Promise<void> {
    await this.#live.dispose();
  }
}
