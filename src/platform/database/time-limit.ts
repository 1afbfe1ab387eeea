import { ConstantError } from '../log/constant.error.ts';

/** Something was not done in its time. */
export class TimeLimitError extends ConstantError {
  override readonly name = 'TimeLimitError';
}

/** @throws TimeLimitError after so many milliseconds; the work itself may go on, and nobody hears of it. */
export function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError('This was not done in its time.')), Math.max(0, milliseconds));
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
