import { foundOrganization } from '../founding/found-organization.ts';
import { furnishOrganization, isFurnished, noteFurnished } from '../founding/furnish-organization.ts';
import type { Runtime } from '../runtime.ts';
import { DEMO_ORGANIZATIONS } from './seats.ts';

const LOCK = 718_203_966;

/**
 * Makes the demo's organizations where they are not there yet. One server at a time; what a crash has left half done is gone on with at
 * the next start.
 */
export async function seedDemo(runtime: Runtime): Promise<void> {
  const client = await runtime.pools.worker.connect();
  try {
    await client.query('set statement_timeout = 0'); // another server may take longer than a statement of a request may
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    for (const plan of DEMO_ORGANIZATIONS) {
      await foundOrganization(runtime, plan);
      if (await isFurnished(runtime, plan.id)) continue;
      await furnishOrganization(runtime, plan);
      await noteFurnished(runtime, plan.id);
    }
  } finally {
    client.release(true); // its end gives the lock back
  }
}
