import { service } from '../../platform/use-case/service.ts';

/** Seals places in streams of events as cursors that only one seat can use. */
export interface CursorSealer {
  /** @param seq the place. @param stream the organization's id, or the contact's. */
  seal(seq: number, seatId: string, stream: string): string;
}
export const cursorSealer = service<CursorSealer>('core.cursorSealer');
