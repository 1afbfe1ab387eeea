import type { ZodType } from 'zod';

/** What a module announced (`announcement`). */
export interface Announced {
  readonly name: string;
  readonly payload: unknown;
}

/** A kind of job that a use case can start (`defineJob`). */
export interface StartableJob<Input> {
  readonly name: string;
  readonly input: ZodType<Input>;
}
