import { startTestPostgres } from '../../src/testing/test-database.ts';

/** One PostgreSQL for the whole suite; each file gets databases of its own on it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  return () => server.stop();
}
