/** What a command was asked for cannot be done; the message is one line. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
