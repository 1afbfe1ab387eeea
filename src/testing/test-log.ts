import type { Logger } from 'pino';
import { createLogger, onTerminal } from '../platform/log/logger.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const NOWHERE = { write: () => {} };

/** The level that `TEST_LOG` names; `1` and whatever else is no level stand for `info`, nothing for none. */
export function levelOf(said: string | undefined): string | undefined {
  const word = said?.trim().toLowerCase();
  if (!word || word === '0') return undefined;
  return LEVELS.includes(word) ? word : 'info';
}

/** What a test's server tells: what `TEST_LOG` asks for, else nothing. */
export const testLogger = (said = process.env.TEST_LOG): Logger => createLogger(levelOf(said) ?? 'silent', undefined, onTerminal);

/** The same for who writes a plugin, but that the causes of `INTERNAL` are shown as they are unless `TEST_LOG` says otherwise. */
export const pluginTestLogger = (said = process.env.TEST_LOG): Logger =>
  levelOf(said) === undefined ? createLogger('error', NOWHERE, onTerminal) : testLogger(said);
