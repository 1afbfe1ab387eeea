import { CERTIFICATION_LEVELS } from '../../domains/organization/index.ts';
import { isUuid, uuidv7 } from '../../platform/database/uuid.ts';
import { createLogger } from '../../platform/log/logger.ts';
import { readPhone } from '../../platform/phone/phone.ts';
import { encodeGlobalId, readGlobalId } from '../../platform/schema/global-id.ts';
import { certifyOrganization } from '../founding/certify-organization.ts';
import { createOrganization } from '../founding/create-organization.ts';
import {
  MOST_CHARACTERS,
  mobileFaults,
  type NewOrganization,
  readLevel,
  readName,
  readNewOrganization,
} from '../founding/new-organization.rules.ts';
import { makeAdmin } from '../founding/organization-admin.ts';
import { findOrganization, type KnownOrganization, organizationsThere } from '../founding/organization-directory.ts';
import { type OrganizationFacts, organizationFacts } from '../founding/organization-facts.ts';
import { setContactQuota } from '../founding/organization-quota.ts';
import { moveSeatPhone } from '../founding/seat-phone.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, tell } from './output.ts';

// What the operator does to organizations. Servers may run on the same database meanwhile: they notice at once.

interface Shown {
  readonly json: boolean;
}
const DEFAULT = 'default';
const NUMBER = /^\d{1,9}$/;

/** Where nothing is there, founding makes the database; all else says that there is none. */
async function inInstallation(settings: Settings, mustExist: boolean, work: (installation: Installation) => Promise<void>): Promise<void> {
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), mustExist, progress: tell });
  try {
    await work(installation);
  } finally {
    await installation.close();
  }
}

export async function createOrganizationCommand(settings: Settings, given: NewOrganization, { json }: Shown): Promise<void> {
  const { plan, faults } = readNewOrganization(uuidv7(), given);
  if (!plan)
    throw new SettingsError(faults.length === 1 ? faults[0]! : `This is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  await inInstallation(settings, false, async ({ runtime, hasDemos }) => {
    const employeeId = await createOrganization(runtime, plan);
    const { id, name, certification, country, timeZone } = plan;
    const { name: adminName, phone } = plan.employees[0]!;
    const admin = { id: employeeId, globalId: encodeGlobalId('Employee', employeeId), name: adminName, phone };
    if (hasDemos) tell(BESIDE_A_DEMO);
    if (json) return printJson({ id, globalId: encodeGlobalId('Organization', id), name, certification, country, timeZone, admin });
    printLine(`Founded ${name} (${id}), certified ${certification}.`);
    printLine(`${admin.name} signs in with ${admin.phone}, and holds all rights.`);
  });
}

const BESIDE_A_DEMO =
  'this database has demo organizations as well; nobody signs in to them while DEMO is off. To be without them, begin with an empty database.';
/** Its name may be taken for that of one's own. */
const tellOfDemo = ({ name, id, isDemo }: KnownOrganization): void => {
  if (isDemo) tell(`${name} (${id}) is a demo organization, to whose seats nobody signs in while DEMO is off.`);
};

export const listOrganizationsCommand = (settings: Settings, { json }: Shown): Promise<void> =>
  inInstallation(settings, true, async ({ runtime }) => {
    const all = await organizationsThere(runtime);
    if (json) return printJson(all.map((one) => ({ ...one, globalId: encodeGlobalId('Organization', one.id) })));
    for (const one of all) printLine(lineOf(one));
  });

const lineOf = ({ id, name, certification, isDemo }: KnownOrganization): string =>
  `${id}  ${certification.padEnd(12)}  ${name}${isDemo ? ' (demo)' : ''}`;

export const showOrganizationCommand = (settings: Settings, named: string, { json }: Shown): Promise<void> =>
  inInstallation(settings, true, async ({ runtime }) => {
    const { id } = await findOrganization(runtime, named);
    const facts = await organizationFacts(runtime, id);
    if (json) return printJson({ ...facts, globalId: encodeGlobalId('Organization', id) });
    for (const line of linesOf(facts)) printLine(line);
  });

const WINDOWS = { NONE: 'none', OPEN: 'open', SUSPENDED: 'suspended until it is certified ADVANCED again' };
const linesOf = ({ certifications, admins, contacts, ...facts }: OrganizationFacts): string[] => [
  `${facts.name} (${facts.id})${facts.isDemo ? ', a demo' : ''}`,
  `  certified  ${facts.certification}`,
  ...certifications.map(({ at, level, reason }) => `             ${at.toISOString()}  ${level}${reason ? `: ${reason}` : ''}`),
  `  country    ${facts.country}, ${facts.timeZone}`,
  `  founded    ${facts.createdAt.toISOString()}`,
  `  employees  ${facts.employees}`,
  `  contacts   ${contacts.used} of ${contacts.limit}${contacts.isLimitSet ? ', set by the operator' : ''}`,
  `  window     ${WINDOWS[facts.window]}`,
  ...admins.map(({ name, phone }) => `  admin      ${name}, ${phone}`),
  ...(facts.unheldRights.length ? [`  nobody     holds ${facts.unheldRights.join(', ')} for the whole organization`] : []),
];

export async function certifyOrganizationCommand(
  settings: Settings,
  named: string,
  { level, reason, json }: Shown & { readonly level: string; readonly reason: string },
): Promise<void> {
  const known = readLevel(level);
  if (!known) throw new SettingsError(`--level: it must be one of ${CERTIFICATION_LEVELS.join(', ')}.`);
  const why = readName(reason);
  if (!why) throw new SettingsError(`--reason: it must have 1 to ${MOST_CHARACTERS} characters.`);
  await inInstallation(settings, true, async ({ runtime }) => {
    const found = await findOrganization(runtime, named);
    const { id, name } = found;
    tellOfDemo(found);
    const { before, isRecorded } = await certifyOrganization(runtime, id, { level: known, reason: why });
    const { window } = await organizationFacts(runtime, id);
    if (json) return printJson({ id, name, before, certification: known, window });
    if (before === known)
      return printLine(`${name} is certified ${known} already: ${isRecorded ? 'the reason is written down.' : 'nothing is changed.'}`);
    printLine(
      `${name} is certified ${known}; before, it was ${before}.${window === 'NONE' ? '' : ` Its service window is ${WINDOWS[window]}.`}`,
    );
  });
}

export async function organizationQuotaCommand(
  settings: Settings,
  named: string,
  { contacts, json }: Shown & { readonly contacts: string },
): Promise<void> {
  if (contacts !== DEFAULT && !NUMBER.test(contacts))
    throw new SettingsError(`--contacts: it must be a whole number from 0 to 999999999, or "${DEFAULT}".`);
  await inInstallation(settings, true, async ({ runtime }) => {
    const found = await findOrganization(runtime, named);
    const { id, name } = found;
    tellOfDemo(found);
    await setContactQuota(runtime, id, contacts === DEFAULT ? null : Number(contacts));
    const facts = await organizationFacts(runtime, id);
    if (json) return printJson({ id, name, contacts: facts.contacts });
    const { used, limit } = facts.contacts;
    printLine(
      `${name} may have ${limit} contacts; it has ${used}.${used > limit ? ' None is removed, and none is added until there is room.' : ''}`,
    );
  });
}

export async function organizationAdminCommand(
  settings: Settings,
  named: string,
  { phone, name, json }: Shown & { readonly phone: string; readonly name?: string },
): Promise<void> {
  const called = name === undefined ? undefined : readName(name);
  if (name !== undefined && !called) throw new SettingsError(`--name: it must have 1 to ${MOST_CHARACTERS} characters.`);
  const [fault] = mobileFaults('--phone', readPhone(phone));
  if (fault) throw new SettingsError(`${fault}.`);
  await inInstallation(settings, true, async ({ runtime }) => {
    const found = await findOrganization(runtime, named);
    tellOfDemo(found);
    const made = await makeAdmin(runtime, found.id, { phone: readPhone(phone)!.e164, name: called });
    const { id: employeeId, ...admin } = made;
    if (json)
      return printJson({
        id: found.id,
        name: found.name,
        admin: { id: employeeId, globalId: encodeGlobalId('Employee', employeeId), ...admin },
      });
    printLine(
      `${made.name} (${made.phone})${made.isNew ? ', who is new,' : ''} holds all rights of ${found.name}; ${made.granted.length ? `added: ${made.granted.join(', ')}` : 'nothing was added'}.`,
    );
  });
}

export async function organizationPhoneCommand(
  settings: Settings,
  named: string,
  { seat, phone, reason, json }: Shown & { readonly seat: string; readonly phone: string; readonly reason: string },
): Promise<void> {
  const uuid = seat.toLowerCase();
  const seatId = isUuid(uuid) ? uuid : readGlobalId(seat)?.uuid;
  if (!seatId) throw new SettingsError('--seat: it must be the id of an employee or a contact, as the API or `token` tells it.');
  const [fault] = mobileFaults('--phone', readPhone(phone));
  if (fault) throw new SettingsError(`${fault}.`);
  const why = readName(reason);
  if (!why) throw new SettingsError(`--reason: it must have 1 to ${MOST_CHARACTERS} characters.`);
  const { e164 } = readPhone(phone)!;
  await inInstallation(settings, true, async ({ runtime }) => {
    const found = await findOrganization(runtime, named);
    tellOfDemo(found);
    const { kind, name, before, isChanged } = await moveSeatPhone(runtime, found.id, { seatId, phone: e164, reason: why });
    const told = { id: seatId, globalId: encodeGlobalId(kind === 'EMPLOYEE' ? 'Employee' : 'Contact', seatId), kind, name };
    if (json) return printJson({ id: found.id, name: found.name, seat: { ...told, before, phone: e164, isChanged } });
    printLine(
      isChanged
        ? `${name} signs in to ${found.name} with ${e164} from now on; before, it was ${before}. Sessions have ended.`
        : `${name} has ${e164} already: nothing is changed.`,
    );
  });
}

const printJson = (value: unknown): void => printLine(JSON.stringify(value));
