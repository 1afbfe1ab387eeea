import { existsSync } from 'node:fs';
import { readSettings, type Settings } from './settings.ts';

export const ENVIRONMENT_FILE = '.env';

/** What the environment already says wins over the file. @param forced wins over both */
export function commandSettings(forced: Readonly<Record<string, string>> = {}): Settings {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
  return readSettings({ ...process.env, ...forced });
}
