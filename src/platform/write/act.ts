import type { InputFields, Values } from '../input/input.ts';
import type { DeclaredMutation, Outcome } from '../schema/mutation.ts';
import type { UseCase } from './use-case.ts';

/** A mutation that was done: what it was given, and what came of it. */
export interface Act {
  readonly mutation: Pick<DeclaredMutation, 'name' | 'module' | 'input' | 'outcomeIds'>;
  readonly values: Values<InputFields>;
  readonly outcome: Outcome;
  readonly sessionId: string | undefined;
}
/** Writes without waiting. */
export type RecordAct = (use: UseCase, act: Act) => void;
