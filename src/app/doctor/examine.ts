import { UnusableDatabaseError } from '../../platform/database/database.errors.ts';
import { asLogin } from '../../platform/database/login.ts';
import type { LoadedModule } from '../loaded-module.ts';
import type { Settings } from '../settings.ts';
import { checkChannels } from './channels.check.ts';
import { type Finding, failureOf } from './finding.ts';
import { checkDataFolder } from './folder.check.ts';
import { checkLogins } from './logins.check.ts';
import { checkNode, checkPort } from './machine.check.ts';
import { checkMigrations, checkSecret } from './migrations.check.ts';
import { checkPlugins } from './plugins.check.ts';
import { checkRoles } from './roles.check.ts';
import { checkServer } from './server.check.ts';
import { checkSettings } from './settings.check.ts';
import { checkSms } from './sms.check.ts';
import { checkTables } from './tables.check.ts';

/**
 * Looks at all that a server needs. Changes nothing: sessions are read-only, and a database that does not run is not started, since that
 * would replay its log and be a start of its own.
 */
export async function examine(variables: Readonly<Record<string, string | undefined>>, environmentFile: string): Promise<Finding[]> {
  const { settings, findings } = checkSettings(variables, environmentFile);
  const plugins = await checkPlugins();
  const first = [checkNode(), ...findings, ...plugins.findings];
  if (!settings) return first;
  const folder = settings.databaseUrl ? { findings: [], url: settings.databaseUrl } : await checkDataFolder(settings.dataDir);
  const database = folder.url ? await checkDatabase(folder.url, settings, plugins.modules) : [];
  const sms = plugins.modules ? [checkSms(settings, plugins.modules)] : [];
  const channels = await checkChannels(settings.channels);
  return [...first, ...sms, ...channels, ...folder.findings, ...database, await checkPort(settings)];
}

async function checkDatabase(
  url: string,
  { poolSize, secret }: Settings,
  modules: readonly LoadedModule[] | undefined,
): Promise<Finding[]> {
  try {
    return await asLogin(url, async (client) => {
      await client.query('set session characteristics as transaction read only');
      return [
        ...(await checkServer(client, poolSize)),
        ...(await checkRoles(client)),
        ...(await checkLogins(client)),
        ...(await checkTables(client)),
        ...(await checkMigrations(client, modules)),
        ...(await checkSecret(client, secret !== undefined)),
      ];
    });
  } catch (error) {
    if (error instanceof UnusableDatabaseError) return [failureOf('database', error)];
    throw error;
  }
}
