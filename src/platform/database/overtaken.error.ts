/** What was decided on a row that was not locked is not so any more: the transaction is tried again, from its beginning. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';
  /** @param cause what is thrown where it has been tried often enough */
  constructor(cause: unknown) {
    super('What was read without a lock has changed.', { cause });
  }
}
