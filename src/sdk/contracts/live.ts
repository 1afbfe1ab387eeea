import { service } from '../../platform/use-case/service.ts';

/** Seals places in streams of events as cursors that only one seat can use. */
export interface CursorSealer {
  /** @param seq the place. @param stream the organization's id, or the contact's. */
  seal(seq: number, seatId: string, stream: string): string;
}
/** For a field `liveCursor`: what is sealed with the seat and stream of a subscription can be its `after`. */
export const cursorSealer = service<CursorSealer>('core.cursorSealer');
