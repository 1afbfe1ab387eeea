import type { UseCase } from '../../sdk/index.ts';
import { Organization } from './organization.entity.ts';

/** Name of the organization's time zone, of the IANA database. */
export const timeZoneOf = async (use: UseCase): Promise<string> =>
  (await use.on(Organization).selectFrom('organizations').select('time_zone').executeTakeFirstOrThrow()).time_zone;
