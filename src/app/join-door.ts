import type { IdentityDoor } from '../domains/accounts/index.ts';
import { DEFAULT_JOIN_LIMITS, type JoinDoor, type JoinLimits } from '../domains/joining/index.ts';
import type { Connections } from '../platform/database/connections.ts';
import { inTransaction } from '../platform/database/transaction.ts';
import { recordEvents } from '../platform/live/event.entity.ts';
import { serverSeat } from '../platform/permissions/seat.ts';
import { inUseCase } from '../platform/write/in-use-case.ts';
import type { UseCaseParts } from '../platform/write/use-case.ts';

export interface JoinDoorParts {
  readonly identity: IdentityDoor;
  readonly connections: Connections;
  readonly patience: number;
  readonly joinLimits?: Partial<JoinLimits>;
  readonly portalUrl?: string;
  parts(): UseCaseParts;
  now(): Date;
  /** Called when there may be events to be told. */
  wake(): void;
}

/** What the module of joining works with: whoever comes with a link has no seat, so the server itself writes what they ask for. */
export const makeJoinDoor = ({ identity, connections, patience, joinLimits, portalUrl, parts, now, wake }: JoinDoorParts): JoinDoor => ({
  identity,
  limits: { ...DEFAULT_JOIN_LIMITS, ...joinLimits },
  portalUrl,
  now,
  async act(organizationId, language, work) {
    let recorded = false;
    const done = await inTransaction(
      connections.for({ organization: organizationId }),
      organizationId,
      (transaction) =>
        inUseCase({ seat: serverSeat(organizationId), now: now(), language }, transaction, parts(), async (use) => {
          const outcome = await work(use);
          recorded = recordEvents(use);
          return outcome;
        }),
      patience,
    );
    if (recorded) wake();
    return done;
  },
});
