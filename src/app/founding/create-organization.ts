import { recordOperatorAct } from '../../domains/audit/index.ts';
import { serverSecret } from '../../platform/write/server-secret.ts';
import { CommandError } from '../command.errors.ts';
import type { Runtime } from '../runtime.ts';
import { foundOrganization } from './found-organization.ts';
import { inFoundingTurn } from './founding-turn.ts';
import { organizationsThere } from './organization-directory.ts';
import type { OrganizationPlan } from './organization-plan.ts';
import { rightsThere } from './rights-there.ts';

/**
 * Founds an organization with its first admin, who holds all rights, those of the plugins that are here too. Its name is no other organization's, so a command that is given twice
 * founds once.
 * @returns the UUID of the admin
 * @throws CommandError where the name is taken
 */
export function createOrganization(runtime: Runtime, plan: OrganizationPlan): Promise<string> {
  return inFoundingTurn(runtime, async () => {
    const known = (await organizationsThere(runtime)).find(({ name }) => name === plan.name);
    if (known) {
      const which = known.isDemo
        ? 'of the demo: choose another name, or begin with an empty database'
        : 'choose a name that tells the two apart';
      throw new CommandError(`There is an organization "${plan.name}" already (${known.id}); ${which}.`);
    }
    let adminId = '';
    const [first, ...others] = plan.employees;
    const founder = { ...first!, rights: rightsThere(runtime.modules) };
    await foundOrganization(runtime, { ...plan, employees: [founder, ...others] }, (transaction, { employeeIds, at }) => {
      adminId = employeeIds[0]!;
      const secret = runtime.switchboard.service(serverSecret);
      recordOperatorAct({ transaction, secret, organizationId: plan.id, now: at }, { ...ACT, ...recorded(plan, adminId) });
    });
    return adminId;
  });
}

const ACT = { command: 'organization create', module: 'organization' };
const recorded = ({ id, name, certification, country, timeZone, employees: [admin] }: OrganizationPlan, adminId: string) => ({
  objects: [['Organization', id] as const, ['Employee', adminId] as const],
  given: { name, certification, country, timeZone, adminName: admin!.name, adminPhone: admin!.phone },
});
