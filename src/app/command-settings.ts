import { existsSync } from 'node:fs';
import { readSettings, type Settings } from './settings.ts';

export const ENVIRONMENT_FILE = '.env';

export function loadEnvironment(): void {
  if (existsSync(ENVIRONMENT_FILE)) process.loadEnvFile(ENVIRONMENT_FILE);
}

/** What the environment already says wins over the file. @param forced wins over both */
export function commandSettings(forced: Readonly<Record<string, string>> = {}): Settings {
  loadEnvironment();
  return readSettings({ ...process.env, ...forced });
}
