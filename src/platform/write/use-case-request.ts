import type { Language } from '../language/language.ts';
import type { Seat } from '../permissions/seat.ts';

/** From where a use case was asked for. */
export interface Caller {
  /** Network address. */
  readonly address: string;
  /** What the caller says it is; empty where it says nothing. */
  readonly userAgent: string;
}
export interface UseCaseRequest {
  readonly seat: Seat;
  readonly now: Date;
  readonly language: Language;
  /** None where the server itself acts. */
  readonly caller?: Caller;
}
