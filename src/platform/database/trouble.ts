import pg from 'pg';
import { type ShareKind, ShareTakenError } from './shares.ts';

/**
 * What keeps the database from its work for a while, and passes by itself: no connection is free (`busy`), the seat that asks has
 * all that it may have under way (`yours`), its disk is full (`full`), or it is not there (`away`).
 */
export type Trouble = 'busy' | 'yours' | 'full' | 'away';

/** No connection was to be had. */
export class NoConnectionError extends Error {
  override readonly name = 'NoConnectionError';
  readonly trouble: Trouble;
  constructor(cause: Error) {
    super(cause.message, { cause });
    this.trouble = isCrowd(cause) ? 'busy' : 'away';
  }
}
const isCrowd = (cause: Error): boolean =>
  cause.message === 'timeout exceeded when trying to connect' || (cause instanceof pg.DatabaseError && cause.code === '53300');

const TROUBLES: Readonly<Record<string, Trouble>> = { '53100': 'full', '57P01': 'away', '57P02': 'away', '57P03': 'away' };

/** A plugin that has too much under way has a fault of its own. */
const SHARES: Readonly<Record<ShareKind, Trouble | undefined>> = {
  seat: 'yours',
  slow: 'busy',
  organization: 'busy',
  pool: 'busy',
  plugin: undefined,
};

export function troubleOf(error: unknown): Trouble | undefined {
  if (error instanceof NoConnectionError) return error.trouble;
  if (error instanceof ShareTakenError) return SHARES[error.of];
  if (error instanceof pg.DatabaseError) return TROUBLES[error.code ?? ''];
  return error instanceof Error && error.message === 'Connection terminated unexpectedly' ? 'away' : undefined;
}
