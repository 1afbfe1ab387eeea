import { NoSeatError, signInAs } from '../../domains/accounts/index.ts';
import { isUuid } from '../../platform/database/uuid.ts';
import { createLogger } from '../../platform/log/logger.ts';
import { readPhone } from '../../platform/phone/phone.ts';
import { readGlobalId } from '../../platform/schema/global-id.ts';
import { CommandError } from '../command.errors.ts';
import { findOrganization } from '../founding/organization-directory.ts';
import { openInstallation } from '../installation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, tell } from './output.ts';

interface TokenOptions {
  readonly phone: string;
  /** Its UUID or name. */
  readonly organization: string | undefined;
  /** Its id, or of which kind it is, where the phone has several. */
  readonly seat: string | undefined;
  readonly json: boolean;
}

/** Opens a session for whoever has a phone, without a code, and prints its token. */
export async function tokenCommand(settings: Settings, { phone, organization, seat: named, json }: TokenOptions): Promise<void> {
  const number = readPhone(phone)?.e164;
  if (!number) throw new SettingsError('--phone: this is no phone number that exists; write it like +8613800000001.');
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell });
  try {
    const { door } = installation.runtime;
    const organizationId = organization === undefined ? undefined : (await findOrganization(installation.runtime, organization)).id;
    const { token, seat } = await signInAs(door, { phone: number, organizationId, seat: named && seatOf(named) }, new Date());
    const [whose] = seat ? await door.names.names([seat]) : [];
    if (whose) tell(`a token for ${whose.name} of ${whose.organizationName}`);
    printLine(json ? JSON.stringify({ token }) : token);
  } catch (error) {
    throw error instanceof NoSeatError ? new CommandError(error.message) : error;
  } finally {
    await installation.close();
  }
}

/** As people name a seat: by an id of the API, a UUID, or its kind. */
const seatOf = (named: string): string => readGlobalId(named)?.uuid ?? (isUuid(named) ? named.toLowerCase() : named.toUpperCase());
