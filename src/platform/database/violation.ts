import pg from 'pg';

const UNIQUE_VIOLATION = '23505';

/** Of `on delete restrict`: the second is what PostgreSQL 18 says. */
const REFERRED_TO: readonly (string | undefined)[] = ['23503', '23001'];

/** Whether a statement failed because rows refer to what it would delete. */
export const isReferredTo = (error: unknown): boolean => error instanceof pg.DatabaseError && REFERRED_TO.includes(error.code);

/** Whether a statement failed because there is such a row already, by the unique index of this name. */
export const violates = (error: unknown, index: string): boolean =>
  error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint === index;
