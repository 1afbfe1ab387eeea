import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { loggableError } from './loggable-error.ts';

/**
 * The server's log: a line of JSON each. Errors go in as `{ err }`, and come out without the values that they were about.
 * @param destination standard error by default
 */
export function createLogger(level: NonNullable<LoggerOptions['level']>, destination: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: undefined, serializers: { err: loggableError } }, destination);
}
