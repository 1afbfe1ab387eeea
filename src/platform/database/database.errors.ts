/** The database cannot be used as it is; the message is one line that says why and what to do. */
export class UnusableDatabaseError extends Error {
  override readonly name: string = 'UnusableDatabaseError';
}

/** The `code` of a system or PostgreSQL error (`ENOENT`, `3D000`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
