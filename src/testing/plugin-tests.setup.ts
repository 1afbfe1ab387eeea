import { startTestPostgres } from './test-database.ts';

/** Starts the PostgreSQL on which each file gets a database of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startTestPostgres();
  return () => server.stop();
}
