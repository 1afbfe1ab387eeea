import { readFileSync } from 'node:fs';
import { endSessions, NoSeatError, signInAs } from '../../domains/accounts/index.ts';
import { createLogger } from '../../platform/log/logger.ts';
import { readPhone } from '../../platform/phone/phone.ts';
import { CommandError } from '../command.errors.ts';
import { explainQuery } from '../explain/explained-query.ts';
import { explanationPage } from '../explain/explanation.page.ts';
import { findOrganization } from '../founding/organization-directory.ts';
import { openInstallation } from '../installation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, tell } from './output.ts';

interface ExplainOptions {
  readonly as: string;
  readonly organization: string | undefined;
  /** JSON. */
  readonly variables: string | undefined;
  readonly json: boolean;
}

/** Tells how a query is answered for whoever has a phone: statements, plans, rules, refusals. */
export async function explainCommand(settings: Settings, file: string, options: ExplainOptions): Promise<void> {
  const phone = readPhone(options.as)?.e164;
  if (!phone) throw new SettingsError('--as: this is no phone number that exists; write it like +8613800000001.');
  const asked = { document: textOf(file), variables: variablesOf(options.variables) };
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell, mustExist: true });
  try {
    const { door, seats } = installation.runtime;
    const organizationId =
      options.organization === undefined ? undefined : (await findOrganization(installation.runtime, options.organization)).id;
    const { token } = await signInAs(door, { phone, organizationId }, new Date());
    const signedIn = (await seats.signedIn(token))!;
    const explanation = await explainQuery(installation.runtime, signedIn, asked).finally(() =>
      endSessions(door, signedIn.sessionId, [signedIn.sessionId], new Date()),
    );
    printLine(options.json ? JSON.stringify(explanation) : explanationPage(explanation));
  } catch (error) {
    throw error instanceof NoSeatError ? new CommandError(error.message) : error;
  } finally {
    await installation.close();
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function variablesOf(text: string | undefined): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const given: unknown = JSON.parse(text);
    if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  } catch {
    // told below, like JSON that is no object
  }
  throw new SettingsError('--variables: this is no JSON object; write it like \'{"first": 20}\'.');
}
