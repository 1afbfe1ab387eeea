import DataLoader from 'dataloader';
import { inTransaction } from '../platform/database/transaction.ts';
import type { Seat } from '../sdk/index.ts';
import type { Runtime } from './runtime.ts';

interface Asked {
  readonly seat: Seat;
  readonly type: string;
  /** UUID */
  readonly id: string;
}

/**
 * Tells whether seats can come to objects. One event concerns many followers at once, so what is asked in the same moment is asked together:
 * one transaction an organization, one statement a seat and type.
 */
export function reachLoader({ pools, parts, now }: Runtime): DataLoader<Asked, boolean> {
  const ask = async (all: readonly Asked[]): Promise<boolean[]> => {
    const reached = new Set<Asked>();
    for (const [organizationId, some] of Map.groupBy(all, ({ seat }) => seat.organizationId)) {
      await inTransaction(pools.requests, organizationId, (transaction) =>
        Promise.all(
          sameQuestions(some).map(async ([{ seat, type }, asked]) => {
            const ids = asked.map(({ id }) => id);
            const found = await parts.authorizer.reachable({ seat, now: now(), transaction }, type, ids);
            for (const one of asked) if (found.has(one.id)) reached.add(one);
          }),
        ),
      );
    }
    return all.map((one) => reached.has(one));
  };
  return new DataLoader(ask, { cache: false, batchScheduleFn: setImmediate });
}

const sameQuestions = (asked: readonly Asked[]): [Asked, Asked[]][] =>
  [...Map.groupBy(asked, ({ seat }) => seat).values()].flatMap((own) =>
    [...Map.groupBy(own, ({ type }) => type).values()].map((same): [Asked, Asked[]] => [same[0]!, same]),
  );
