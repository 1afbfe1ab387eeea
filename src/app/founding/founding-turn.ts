import type { Runtime } from '../runtime.ts';

const LOCK = 718_203_966;

/** Those who found organizations of one database take turns, whichever process they run in: each sees what the one before has made. */
export async function inFoundingTurn<T>({ pools }: Pick<Runtime, 'pools'>, work: () => Promise<T>): Promise<T> {
  const client = await pools.worker.connect();
  try {
    await client.query('set statement_timeout = 0'); // another may take longer than a statement of a request may
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work();
  } finally {
    client.release(true); // its end gives the lock back
  }
}
