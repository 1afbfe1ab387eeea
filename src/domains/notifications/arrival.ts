import type { NotifiedFacts, NotifiedSeat } from '../../sdk/index.ts';
import type { LoadedNotificationKind } from './making.parts.ts';

/** Something that one seat is to be told of. */
export interface Arrival {
  readonly seat: NotifiedSeat;
  readonly loaded: LoadedNotificationKind;
  readonly subject: { readonly type: string; readonly id: string } | undefined;
  readonly facts: NotifiedFacts;
  /** Of the employee who did it. */
  readonly actorId: string | null;
  readonly sourceId: string;
  readonly sourcePlace: number;
  readonly at: Date;
}
