import { UnusableDatabaseError } from '../database.errors.ts';

/** The embedded database cannot be used; the message is one line that says why and what to do. */
export class EmbeddedDatabaseError extends UnusableDatabaseError {
  override readonly name = 'EmbeddedDatabaseError';
}
