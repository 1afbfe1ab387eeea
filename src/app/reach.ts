import DataLoader from 'dataloader';
import { atOnce, inTransaction } from '../platform/database/transaction.ts';
import type { Reach, ReachQuestion } from '../platform/write/reach.ts';
import type { Pools } from './databases.ts';

type Reaching = <Asked extends ReachQuestion>(asked: readonly Asked[]) => Promise<ReadonlySet<Asked>>;

/** Tells which of some seats can come to which objects: one transaction an organization. */
export const reachAmong =
  ({ pools, reach, now }: { readonly pools: Pools; readonly reach: Reach; now(): Date }): Reaching =>
  async (asked) => {
    const organizations = [...Map.groupBy(asked, ({ seat }) => seat.organizationId)];
    const found = organizations.map(async ([organizationId, some]) => {
      const asking = atOnce((transaction) => reach.among(some, now(), transaction));
      return (await inTransaction(pools.requests, organizationId, asking)).answer;
    });
    return new Set((await Promise.all(found)).flatMap((some) => [...some]));
  };

/** The same for whoever asks alone: what is asked in the same moment is asked together. */
export function reachLoader(reaching: Reaching): DataLoader<ReachQuestion, boolean> {
  const ask = async (all: readonly ReachQuestion[]): Promise<boolean[]> => {
    const reached = await reaching(all);
    return all.map((one) => reached.has(one));
  };
  return new DataLoader(ask, { cache: false, maxBatchSize: 1_000, batchScheduleFn: setImmediate });
}
