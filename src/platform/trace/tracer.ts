/** What a span tells. Nothing of a person: names of operations, fields and use cases, outcomes and counts. */
export type Facts = Readonly<Record<string, string | number>>;

export interface Span {
  rename(name: string): void;
  add(facts: Facts): void;
  /** @param code why the work is a fault of ours. */
  fail(code: string): void;
}

/** Where a trace is kept, if anywhere: without an endpoint there is no tracer, and nobody asks for a span. */
export interface Tracer {
  /**
   * Does work within a span; spans that begin meanwhile are its children.
   * @param caller begins a trace, or goes on with that of whoever asked by their `traceparent` (W3C Trace Context); one that cannot be read
   * begins a new one.
   * @throws what the work throws.
   */
  within<T>(name: string, facts: Facts, work: (span: Span) => Promise<T>, caller?: string): Promise<T>;
  /** Notes what has been done already, as a span that ends now. */
  note(name: string, facts: Facts, seconds: number): void;
  /** Sends what is left, and ends. */
  stop(): Promise<void>;
}
