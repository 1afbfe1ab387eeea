import type { UseCase } from '../../sdk/index.ts';
import { Organization } from './organization.entity.ts';

/** Name of the organization's time zone, of the IANA database. */
export const timeZoneOf = async (use: UseCase): Promise<string> =>
  (await use.on(Organization).selectFrom('organizations').select('time_zone').executeTakeFirstOrThrow()).time_zone;

/** From now on hours and days of the organization are read as of another zone. @param zone of the IANA database */
export const changeTimeZone = async (use: UseCase, zone: string): Promise<unknown> =>
  use.on(Organization).updateTable('organizations').set({ time_zone: zone }).where('organization_id', '=', use.organizationId).execute();
