import { NoSeatError, signInAs } from '../../domains/accounts/index.ts';
import { createLogger } from '../../platform/log/logger.ts';
import { readPhone } from '../../platform/phone/phone.ts';
import { CommandError } from '../command.errors.ts';
import { openInstallation } from '../installation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, tell } from './output.ts';

interface TokenOptions {
  readonly phone: string;
  readonly organization: string | undefined;
  readonly json: boolean;
}

/** Opens a session for whoever has a phone, without a code, and prints its token. */
export async function tokenCommand(settings: Settings, { phone, organization, json }: TokenOptions): Promise<void> {
  const number = readPhone(phone)?.e164;
  if (!number) throw new SettingsError('--phone: this is no phone number that exists; write it like +8613800000001.');
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell });
  try {
    const { door } = installation.runtime;
    const { token, seat } = await signInAs(door, { phone: number, organizationId: organization }, new Date());
    const [whose] = seat ? await door.names.names([seat]) : [];
    if (whose) tell(`a token for ${whose.name} of ${whose.organizationName}`);
    printLine(json ? JSON.stringify({ token }) : token);
  } catch (error) {
    throw error instanceof NoSeatError ? new CommandError(error.message) : error;
  } finally {
    await installation.close();
  }
}
