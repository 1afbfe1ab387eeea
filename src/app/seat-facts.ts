import type pg from 'pg';
import { within } from '../platform/database/time-limit.ts';
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

const ask = ({ seatFacts: find }: LoadedModule, transaction: Transaction, seat: Asked, now: Date): Promise<SeatFacts> =>
  find!(transaction, seat, now);
const isOn = (core: readonly SeatFacts[]): ((plugin: LoadedModule) => boolean) => {
  const off = new Set(core.flatMap(({ pluginsOff = [] }) => pluginsOff));
  return ({ name }) => !off.has(name);
};
const asked = (modules: readonly LoadedModule[]): { readonly core: LoadedModule[]; readonly plugins: LoadedModule[] } => {
  const all = modules.filter((module) => module.seatFacts);
  return { core: all.filter(({ isPlugin }) => !isPlugin), plugins: all.filter(({ isPlugin }) => isPlugin) };
};

/**
 * What modules know of a seat. Those of the core are asked in one transaction; each plugin that is on in a transaction of its own, where it
 * fails alone: it then knows nothing of the seat, which has none of the roles that hang on it.
 */
export async function seatFacts({ modules, pool, onError }: Asking, seat: Asked, now: Date): Promise<SeatFacts[]> {
  const { core, plugins } = asked(modules);
  const known = await inTransaction(pool, seat.organizationId, (transaction) =>
    Promise.all(core.map((module) => ask(module, transaction, seat, now))),
  );
  const others = plugins.filter(isOn(known)).map(async (plugin): Promise<SeatFacts> => {
    try {
      return await inTransaction(pool, seat.organizationId, (transaction) => ask(plugin, transaction, seat, now), PLUGIN_MILLISECONDS);
    } catch (error) {
      onError(error, plugin.name);
      return {};
    }
  });
  return [...known, ...(await Promise.all(others))];
}

/** The same on a transaction that is open already. @throws where a plugin fails, or takes too long */
export async function seatFactsWithin(
  modules: readonly LoadedModule[],
  transaction: Transaction,
  seat: Asked,
  now: Date,
): Promise<SeatFacts[]> {
  const { core, plugins } = asked(modules);
  const known = await Promise.all(core.map((module) => ask(module, transaction, seat, now)));
  const others = plugins.filter(isOn(known)).map((plugin) => within(ask(plugin, transaction, seat, now), PLUGIN_MILLISECONDS));
  return [...known, ...(await Promise.all(others))];
}
