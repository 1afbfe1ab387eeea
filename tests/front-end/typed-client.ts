/** A document that knows what it answers and what it takes, as the code generator makes them. */
interface TypedDocument<Data, Variables> {
  toString(): string;
  __apiType?: (variables: Variables) => Data;
}
type Given<Variables> = Variables extends Record<string, never> ? [] : [variables: Variables];

/** All that a front end needs to ask with types; a real one would take a GraphQL client. */
export class TypedClient {
  readonly #url: string;
  readonly #token: string | undefined;
  constructor(url: string, token?: string) {
    this.#url = url;
    this.#token = token;
  }

  /** @throws where any field was refused. */
  async ask<Data, Variables>(document: TypedDocument<Data, Variables>, ...[variables]: Given<Variables>): Promise<Data> {
    const response = await fetch(`${this.#url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}) },
      body: JSON.stringify({ query: document.toString(), variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }
}
