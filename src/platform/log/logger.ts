import { inspect } from 'node:util';
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { loggableError } from './loggable-error.ts';

/** Shows an error as it is, with whatever it is about. */
export const onTerminal = (error: unknown): void => void process.stderr.write(`${inspect(error)}\n`);

/**
 * The server's log: a line of JSON each. Errors go in as `{ err }`, and come out without the values that they were about.
 * @param destination standard error by default
 * @param show is given each error as it is, for somebody who writes a plugin and sits at the terminal
 */
export function createLogger(
  level: NonNullable<LoggerOptions['level']>,
  destination: DestinationStream = pino.destination(2),
  show?: (error: unknown) => void,
): Logger {
  const err = (error: unknown) => {
    show?.(error);
    return loggableError(error);
  };
  return pino({ level, base: undefined, serializers: { err } }, destination);
}
