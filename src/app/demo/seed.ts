import { foundOrganization } from '../founding/found-organization.ts';
import { inFoundingTurn } from '../founding/founding-turn.ts';
import { furnishOrganization, isFurnished, noteFurnished } from '../founding/furnish-organization.ts';
import type { OrganizationPlan } from '../founding/organization-plan.ts';
import { rightsThere } from '../founding/rights-there.ts';
import type { Runtime } from '../runtime.ts';
import { DEMO_ORGANIZATIONS } from './seats.ts';

/**
 * Makes the demo's organizations where they are not there yet. One server at a time; what a crash has left half done is gone on with at
 * the next start.
 */
export const seedDemo = (runtime: Runtime): Promise<void> =>
  inFoundingTurn(runtime, async () => {
    for (const plan of DEMO_ORGANIZATIONS.map((one) => withAllRights(one, runtime))) {
      await foundOrganization(runtime, plan);
      if (await isFurnished(runtime, plan.id)) continue;
      await furnishOrganization(runtime, plan);
      await noteFurnished(runtime, plan.id);
    }
  });

/** The first of each holds all rights that there are, those of the plugins that are here too: the demo is ready to be used. */
function withAllRights(plan: OrganizationPlan, { modules }: Runtime): OrganizationPlan {
  const [first, ...others] = plan.employees;
  return { ...plan, employees: [{ ...first!, rights: rightsThere(modules) }, ...others] };
}
