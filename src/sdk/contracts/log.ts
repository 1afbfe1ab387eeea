import { service } from '../../platform/write/service.ts';

/** What a line of the log may say beside its word: counts, flags, ids, states; and as `err` what was thrown. */
export type LogFacts = Readonly<Record<string, unknown>>;
/**
 * The server's log, for modules. Lines hold nobody's data: texts that are no ids (UUIDs) and no words in capitals are written as `…`, and so are
 * numbers as long as a phone; of an error its class, code and places are told, and no message.
 */
export interface ModuleLog {
  /** @param word what happened, in capitals, such as `STOCK_FETCHED` */
  info(word: string, facts?: LogFacts): void;
  /** Something is not as it should be, and goes on. */
  warn(word: string, facts?: LogFacts): void;
  /** Something has failed that somebody should look at. */
  error(word: string, facts?: LogFacts): void;
}
/**
 * `use.service(moduleLog)`, or `context.switchboard.service(moduleLog)` in resolvers; each line names the plugin.
 *
 * @example
 * use.service(moduleLog).info('STOCK_FETCHED', { count: rows.length });
 */
export const moduleLog = service<ModuleLog>('core.log');
