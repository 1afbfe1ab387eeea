import type { TestProject } from 'vitest/node';
import { startTestPostgres } from '../../src/testing/test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a superuser, for tests that know nothing of Guichet. */
    readonly postgres: string;
  }
}

/** One PostgreSQL for the whole suite; each file gets databases of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  project.provide('postgres', server.url);
  return () => server.stop();
}
