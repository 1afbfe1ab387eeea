import { createLogger } from '../../platform/log/logger.ts';
import { seedBulk } from '../bulk/bulk-seed.ts';
import { BULK_SIZES, type BulkSizeName } from '../bulk/bulk-size.ts';
import { openInstallation } from '../installation.ts';
import type { Settings } from '../settings.ts';
import { printLine, tell } from './output.ts';

/** Makes the demo organizations, in whatever database the settings name; of any size but the smallest, an organization of that size as well. */
export async function seedCommand(settings: Settings, size: 'small' | BulkSizeName): Promise<void> {
  const installation = await openInstallation({ settings, logger: createLogger(settings.logLevel), progress: tell });
  try {
    if (size !== 'small') await seedBulk(installation.runtime, installation.url, BULK_SIZES[size], tell);
  } finally {
    await installation.close();
  }
  printLine(size === 'small' ? 'The demo organizations are there.' : `The demo organizations and the ${size} one are there.`);
}
