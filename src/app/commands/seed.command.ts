import { createLogger } from '../../platform/log/logger.ts';
import { openInstallation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import { printLine, tell } from './output.ts';

/** Makes the demo organizations, in whatever database the settings name. */
export async function seedCommand(settings: Settings): Promise<void> {
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell });
  await installation.close();
  printLine('The demo organizations are there.');
}
