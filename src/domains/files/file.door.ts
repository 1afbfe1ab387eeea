import type { Logger } from 'pino';
import type { FileStore, ResumableFiles } from '../../sdk/core.ts';
import { type FilePurpose, type Language, type Seat, service, type Transaction, type UseCase } from '../../sdk/index.ts';
import type { TransferPlaces } from './transfer.places.ts';

/** What the app hands to this module: bytes come and go outside of GraphQL. */
export interface FileDoor {
  /** What is under way. */
  readonly places: TransferPlaces;
  readonly store: FileStore;
  readonly resumable: ResumableFiles;
  /** The server's secret (`serverSecret`). */
  readonly secret: Buffer;
  readonly logger: Logger;
  now(): Date;
  /** Who a session stands for, found afresh; undefined where it has ended, or its seat has. */
  seatOf(sessionId: string): Promise<Seat | undefined>;
  /** A use case of a seat, in a transaction of its own. */
  act<T>(seat: Seat, work: (use: UseCase) => Promise<T>, language?: Language): Promise<T>;
  /** The same, which only reads. */
  look<T>(seat: Seat, work: (use: UseCase) => Promise<T>, language?: Language): Promise<T>;
  /** Work of the server's own in one organization. */
  within<T>(organizationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Whether the database's disk has room. */
  hasRoom(): boolean;
  /** What a loaded module has registered under a word of `FilePurpose`. */
  purposeOf(word: string): FilePurpose | undefined;
  /** The plugin that a type is of; undefined for those of the core. */
  pluginOf(type: string): string | undefined;
  /** Milliseconds in which something of an upload has to come. */
  readonly idleMs: number;
}
export const fileDoor = service<FileDoor>('files.door');
