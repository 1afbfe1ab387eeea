/** A file that cannot be restored from, or not be written; the message is one line that says why. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}

/** The database that a backup was to be restored into holds something. */
export class TargetNotEmptyError extends Error {
  override readonly name = 'TargetNotEmptyError';
}

/** The `code` of a system error (`ENOENT`), if it has one. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
