import DataLoader from 'dataloader';
import { inTransaction } from '../platform/database/transaction.ts';
import { classOf } from '../platform/permissions/seat-class.ts';
import type { ReachQuestion } from '../platform/use-case/reach.ts';
import type { Runtime } from './runtime.ts';

/**
 * Tells whether seats can come to objects. One event concerns many followers at once, so what is asked in the same moment is asked together:
 * one transaction an organization.
 */
export function reachLoader({ pools, reach, now }: Pick<Runtime, 'pools' | 'reach' | 'now'>): DataLoader<ReachQuestion, boolean> {
  const ask = async (all: readonly ReachQuestion[]): Promise<boolean[]> => {
    const different = new Map(all.map((one) => [keyOf(one), one]));
    const organizations = [...Map.groupBy(different.values(), ({ seat }) => seat.organizationId)];
    const found = organizations.map(([organizationId, asked]) =>
      inTransaction(pools.requests, organizationId, (transaction) => reach.among(asked, now(), transaction)),
    );
    const reached = new Set((await Promise.all(found)).flatMap((some) => [...some].map(keyOf)));
    return all.map((one) => reached.has(keyOf(one)));
  };
  return new DataLoader(ask, { cache: false, maxBatchSize: 1_000, batchScheduleFn: setImmediate });
}

const keyOf = ({ seat, type, id }: ReachQuestion): string => `${type} ${id} ${seat.id} ${classOf(seat)}`;
