import type { Logger } from 'pino';
import { isUuid } from '../platform/database/uuid.ts';
import { pluginUnderWay } from '../platform/plugin-call/plugin-call.ts';
import type { LogFacts, ModuleLog } from '../sdk/index.ts';

const WORD = /^[A-Z][A-Z0-9_]{0,49}$/;
const NAME = /^[a-z][A-Za-z]{0,29}$/;
const HIDDEN = '…';
/** Shorter than a phone, or than anything else that tells one person from another. */
const LARGEST = 9_999_999;

const shown = (fact: unknown): unknown => {
  if (typeof fact === 'string') return isUuid(fact) || WORD.test(fact) ? fact : HIDDEN;
  if (typeof fact === 'number') return Math.abs(fact) <= LARGEST ? fact : HIDDEN;
  return typeof fact === 'boolean' || fact === null ? fact : HIDDEN;
};
const factsOf = (facts: LogFacts): object =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (NAME.test(name) ? [[name, shown(fact)]] : [])));

/** The log of modules on the server's own: what a plugin writes names it, and holds nobody's data (targets 3.10). */
export function moduleLogOn(logger: Logger): ModuleLog {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (word: string, { err, ...facts }: LogFacts = {}): void => {
      const told = { plugin: pluginUnderWay(), word: WORD.test(word) ? word : HIDDEN, facts: factsOf(facts) };
      logger[level](err === undefined ? told : { ...told, err }, 'a module');
    };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}
