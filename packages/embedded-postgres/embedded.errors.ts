/** What else would help: another folder for the data, or a PostgreSQL server that somebody else runs. */
export type Cure = 'folder' | 'server';

/** The embedded database cannot be used; the message is one line that says why. Other errors are faults of the program or of PostgreSQL. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError';
  /** A program that has settings for these may name them here. */
  readonly cure: Cure | undefined;
  constructor(message: string, cure?: Cure, cause?: unknown) {
    super(message, { cause });
    this.cure = cure;
  }
}

/** The `code` of a system or PostgreSQL error (`ENOENT`, `3D000`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
