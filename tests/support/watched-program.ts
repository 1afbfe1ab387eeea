import { expect } from 'vitest';
import { type StartedProgram, startProgram } from './started-program.ts';

const ADDRESS = /Guichet listens on (http:\/\/[\w.:]+)/g;

/** A program that starts again by itself; asked by nobody, at whatever address it has now. */
export class WatchedProgram {
  readonly program: StartedProgram;
  private constructor(program: StartedProgram) {
    this.program = program;
  }
  static async start(environment: Record<string, string>, program: string, ...args: string[]): Promise<WatchedProgram> {
    return new WatchedProgram(await startProgram(environment, { program, args: ['--restart', ...args] }));
  }

  get addresses(): string[] {
    return Array.from(this.program.output().matchAll(ADDRESS), ([, address]) => address!);
  }
  /** @returns the answer; undefined where the server ended meanwhile. */
  async ask(query: string): Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] } | undefined> {
    const asked = fetch(`${this.addresses.at(-1)}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return asked.then((response) => response.json() as Promise<{ data: unknown }>).catch(() => undefined);
  }
  /** Waits until it has been started so many times. */
  async started(times: number): Promise<void> {
    await expect.poll(() => this.addresses.length, { timeout: 60_000 }).toBe(times);
  }
  /** Lines of its log, of this level at least. */
  log(level = 50): Record<string, unknown>[] {
    const lines = this.program.complaints().split('\n');
    return lines
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
      .filter((line) => Number(line.level) >= level);
  }
  stop(): Promise<number | null> {
    return this.program.stop();
  }
}
