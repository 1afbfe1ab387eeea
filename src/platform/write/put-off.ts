/** Work that is done at the end of something, once for all its parts. */
interface Work<Doing, Part> {
  readonly name: string;
  run(doing: Doing, parts: readonly Part[]): Promise<void>;
}

/** How much waits for the end of a use case. */
export interface Waiting {
  readonly emitted: number;
  readonly putOff: number;
}

/** What has been put off to the end. */
export class PutOff<Doing> {
  readonly #asked: { readonly work: Work<Doing, unknown>; readonly part: unknown }[] = [];

  add<Part>(work: Work<Doing, Part>, part: Part): void {
    this.#asked.push({ work: work as Work<Doing, unknown>, part });
  }
  of<Part>({ name }: Work<Doing, Part>): Part[] {
    return this.#asked.filter(({ work }) => work.name === name).map(({ part }) => part as Part);
  }
  get count(): number {
    return this.#asked.length;
  }
  /** Forgets all but the first so many. */
  cut(count: number): void {
    this.#asked.length = count;
  }
  /** In the order of the works' names, which is the same for everybody. */
  async run(doing: Doing): Promise<void> {
    const works = new Map(this.#asked.map(({ work }) => [work.name, work]));
    for (const [, work] of [...works].sort(([a], [b]) => (a < b ? -1 : 1))) await work.run(doing, this.of(work));
  }
}
