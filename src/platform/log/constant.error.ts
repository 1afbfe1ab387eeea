/** An error whose message is a constant of this code, made of no value: the only ones that a log may hold (targets 3.10). */
export class ConstantError extends Error {
  override readonly name: string = 'ConstantError';
}
