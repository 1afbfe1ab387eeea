import { foundOrganization } from '../founding/found-organization.ts';
import { inFoundingTurn } from '../founding/founding-turn.ts';
import { furnishOrganization, isFurnished, noteFurnished } from '../founding/furnish-organization.ts';
import type { Runtime } from '../runtime.ts';
import { DEMO_ORGANIZATIONS } from './seats.ts';

/**
 * Makes the demo's organizations where they are not there yet. One server at a time; what a crash has left half done is gone on with at
 * the next start.
 */
export const seedDemo = (runtime: Runtime): Promise<void> =>
  inFoundingTurn(runtime, async () => {
    for (const plan of DEMO_ORGANIZATIONS) {
      await foundOrganization(runtime, plan);
      if (await isFurnished(runtime, plan.id)) continue;
      await furnishOrganization(runtime, plan);
      await noteFurnished(runtime, plan.id);
    }
  });
