import { createLogger } from '../../platform/log/logger.ts';
import { openInstallation } from '../installation.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { printLine, tell } from './output.ts';

const SIZES = ['small'];

/** Makes the demo organizations, in whatever database the settings name. */
export async function seedCommand(settings: Settings, size: string): Promise<void> {
  if (!SIZES.includes(size)) throw new SettingsError(`There is no size "${size}": this version makes ${SIZES.join(', ')}.`);
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell });
  await installation.close();
  printLine('The demo organizations are there.');
}
