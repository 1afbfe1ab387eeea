import pg from 'pg';

const UNIQUE_VIOLATION = '23505';

/** Whether a statement failed because there is such a row already, by the unique index of this name. */
export const violates = (error: unknown, index: string): boolean =>
  error instanceof pg.DatabaseError && error.code === UNIQUE_VIOLATION && error.constraint === index;
