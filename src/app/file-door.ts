import type { Logger } from 'pino';
import { type FileDoor, transferPlaces } from '../domains/files/index.ts';
import type { Connections } from '../platform/database/connections.ts';
import { inReadOnlyTransaction, inTransaction } from '../platform/database/transaction.ts';
import type { FileStore } from '../platform/files/file-store.ts';
import { ResumableFiles } from '../platform/files/resumable.ts';
import { inUseCase } from '../platform/write/in-use-case.ts';
import type { UseCaseParts } from '../platform/write/use-case.ts';
import { filePurposes, type Seat } from '../sdk/index.ts';
import type { Schemas } from './schemas.ts';
import type { Seats } from './seats.ts';

/** Something of an upload has to come within this. */
const IDLE_MS = 30_000;

export interface FileDoorParts {
  readonly store: FileStore;
  readonly secret: Buffer;
  readonly connections: Connections;
  readonly plugins: ReadonlySet<string>;
  readonly schemas: Schemas;
  readonly patience: number;
  readonly logger: Logger;
  readonly idleMs?: number;
  readonly hasRoom: () => boolean;
  now(): Date;
  seats(): Seats;
  parts(): UseCaseParts;
}

/** What the module of files works with. Seats and use cases are asked for when they are needed: they know of files in their turn. */
export function makeFileDoor({ connections, plugins, schemas, patience, idleMs = IDLE_MS, now, ...given }: FileDoorParts): FileDoor {
  const doing =
    (begin: typeof inTransaction): FileDoor['act'] =>
    (seat: Seat, work, language = 'en') =>
      begin(
        connections.for({ organization: seat.organizationId, seat: seat.id }),
        seat.organizationId,
        (transaction) => inUseCase({ seat, now: now(), language }, transaction, given.parts(), work),
        patience,
      );
  return {
    ...given,
    resumable: new ResumableFiles(given.store.resumable),
    places: transferPlaces(),
    idleMs,
    now,
    seatOf: (sessionId) => given.seats().ofSession(sessionId),
    act: doing(inTransaction),
    look: doing(inReadOnlyTransaction),
    within: (organization, work) => inTransaction(connections.for({ organization }), organization, work, patience),
    purposeOf: (word) =>
      given
        .parts()
        .switchboard.registered(filePurposes)
        .find(({ purpose }) => purpose === word),
    pluginOf: (type) => {
      const { module } = schemas.entity(type);
      return plugins.has(module) ? module : undefined;
    },
  };
}
