import type pg from 'pg';
import { inTransaction, type Transaction } from '../platform/database/transaction.ts';
import type { FindSeatFacts, SeatFacts } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';

type Asked = Parameters<FindSeatFacts>[1];
interface Asking {
  readonly modules: readonly LoadedModule[];
  readonly pool: pg.Pool;
  /** Told of plugins that fail. */
  onError(error: unknown, plugin: string): void;
}
/** Every request of the seat waits for it. */
const PLUGIN_MILLISECONDS = 1_000;

/**
 * What modules know of a seat. Those of the core are asked in one transaction; each plugin that is on in a transaction of its own, where it
 * fails alone: it then knows nothing of the seat, which has none of the roles that hang on it.
 */
export async function seatFacts({ modules, pool, onError }: Asking, seat: Asked, now: Date): Promise<SeatFacts[]> {
  const ask = ({ seatFacts: find }: LoadedModule, transaction: Transaction): Promise<SeatFacts> => find!(transaction, seat, now);
  const asked = modules.filter((module) => module.seatFacts);
  const core = await inTransaction(pool, seat.organizationId, (transaction) =>
    Promise.all(asked.filter(({ isPlugin }) => !isPlugin).map((module) => ask(module, transaction))),
  );
  const off = new Set(core.flatMap(({ pluginsOff = [] }) => pluginsOff));
  const plugins = asked.filter(({ isPlugin, name }) => isPlugin && !off.has(name));
  const others = plugins.map(async (plugin): Promise<SeatFacts> => {
    try {
      return await inTransaction(pool, seat.organizationId, (transaction) => ask(plugin, transaction), PLUGIN_MILLISECONDS);
    } catch (error) {
      onError(error, plugin.name);
      return {};
    }
  });
  return [...core, ...(await Promise.all(others))];
}
