/** A subscription over HTTP as an event stream. */
export class TestStream {
  readonly response: Response;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  readonly #messages: { readonly type: string; readonly payload: unknown }[] = [];
  #wake: () => void = () => {};
  readonly #control: AbortController;
  private constructor(response: Response, control: AbortController) {
    this.response = response;
    this.#control = control;
    this.ended = this.#read().finally(() => this.#wake());
  }
  static async open(url: string, token: string | undefined, query: string, variables: object = {}): Promise<TestStream> {
    const control = new AbortController();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: control.signal,
    });
    return new TestStream(response, control);
  }
  /** The next message, in the order of arrival. @throws where there is none any more. */
  async next(): Promise<{ readonly type: string; readonly payload: unknown }> {
    let over = false;
    void this.ended.then(() => {
      over = true;
    });
    while (!this.#messages.length) {
      if (over) throw new Error('The event stream has ended.');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#messages.shift()!;
  }
  close(): void {
    this.#control.abort();
  }
  async #read(): Promise<void> {
    let text = '';
    try {
      for await (const part of this.response.body!.pipeThrough(new TextDecoderStream())) {
        const blocks = (text + part).split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) this.#take(block);
      }
    } catch (error) {
      if (!this.#control.signal.aborted) throw error;
    }
  }
  #take(block: string): void {
    const [, type, data] = /^event: (\w+)\ndata:(.*)$/s.exec(block) ?? [];
    if (!type) return; // a comment, which keeps the connection open
    this.#messages.push({ type, payload: data?.trim() ? JSON.parse(data) : undefined });
    this.#wake();
  }
}
