import { asDepartmentName } from '../../domains/directory/index.ts';
import { CERTIFICATION_LEVELS, type CertificationLevel } from '../../domains/organization/index.ts';
import { isPhoneCountry, readPhone } from '../../platform/phone/phone.ts';
import { takeName } from '../../platform/text/name-taken.ts';
import { ADMIN_RIGHTS } from '../../sdk/index.ts';
import type { OrganizationPlan } from './organization-plan.ts';

/** Characters of a name, as people count them. */
export const MOST_CHARACTERS = 100;

/** What the operator says of an organization to be founded, as it was typed. */
export interface NewOrganization {
  readonly name: string;
  readonly adminName: string;
  readonly adminPhone: string;
  readonly country: string;
  readonly timeZone: string;
  readonly certification: string;
}
export type ReadOrganization =
  | { readonly plan: OrganizationPlan; readonly faults?: undefined }
  | { readonly plan?: undefined; readonly faults: readonly string[] };

/**
 * Reads what the operator says of a new organization: its first admin sits in one department, named as the organization, and holds all
 * rights.
 * @param id UUID of the organization
 */
export function readNewOrganization(id: string, given: NewOrganization): ReadOrganization {
  const name = readName(given.name);
  const adminName = readName(given.adminName);
  const country = given.country.toUpperCase();
  const phone = isPhoneCountry(country) ? readPhone(given.adminPhone, country) : undefined;
  const timeZone = readTimeZone(given.timeZone);
  const certification = readLevel(given.certification);
  const faults = [
    ...(name === undefined ? [`--name: ${NAME_FAULT}`] : []),
    ...(adminName === undefined ? [`--admin-name: ${NAME_FAULT}`] : []),
    ...(isPhoneCountry(country) ? mobileFaults('--admin-phone', phone) : ['--country: it is no ISO 3166 code such as CN']),
    ...(timeZone === undefined ? ['--time-zone: it is no zone of the IANA database, such as Asia/Shanghai'] : []),
    ...(certification === undefined ? [`--certification: it must be one of ${CERTIFICATION_LEVELS.join(', ')}`] : []),
  ];
  if (!name || !adminName || !phone || !timeZone || !certification || faults.length) return { faults };
  const department = asDepartmentName(name);
  const admin = { key: 'admin', name: adminName, phone: phone.e164, department, rights: Object.keys(ADMIN_RIGHTS) };
  const frame = { id, name, certification, country, timeZone, hasWindow: false, isDemo: false };
  return { plan: { ...frame, departments: [[department]], employees: [admin], tagGroups: [], contacts: [] } };
}

const NAME_FAULT = `it must have 1 to ${MOST_CHARACTERS} characters`;

export function readName(typed: string): string | undefined {
  return takeName(typed, MOST_CHARACTERS).text || undefined;
}

/** What is wrong with a number that somebody is to sign in with. @param option by which it was given */
export function mobileFaults(option: string, phone: ReturnType<typeof readPhone>): string[] {
  if (!phone) return [`${option}: this is no phone number that exists; write it like +8613800000001`];
  return phone.isMobile && !phone.extension ? [] : [`${option}: codes for signing in can only be sent to a mobile number`];
}

export const readLevel = (typed: string): CertificationLevel | undefined => CERTIFICATION_LEVELS.find((level) => level === typed);

/** @returns the zone's name as its database writes it; undefined for what is none, such as an offset */
export function readTimeZone(typed: string): string | undefined {
  if (!/^[A-Za-z]/.test(typed)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions();
    return timeZone.toLowerCase() === typed.toLowerCase() ? timeZone : typed; // a zone may be known by an older name
  } catch {
    return undefined;
  }
}
