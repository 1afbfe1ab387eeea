import type { Logger } from 'pino';
import type { Caller } from './server.options.ts';

/** A socket or an event stream that stays open for a caller. */
export interface OpenConnection {
  caller: Caller;
  type: 'socket' | 'stream';
  /** Where it comes from. */
  address: string;
  /** Closes it because the caller's seat has ended. */
  end(): void;
}

/** How many connections there may be of one key, by their types; of whoever is nobody yet, from one address and in all. */
export interface Places extends Record<OpenConnection['type'], number> {
  nobodyFromOne: number;
  nobody: number;
}

/** Who is connected: for counting connections of one seat, and for ending them when the seat ends. */
export interface Census {
  /** @returns a function that takes the connection out again, or undefined where there are too many like it already */
  enter(connection: OpenConnection): (() => void) | undefined;
  stop(): void;
}

/**
 * @param watch.ended which of these callers have lost their seat; asked for all of them at once, never twice at the same time
 * @param watch.everyMs time between two questions, in milliseconds
 */
export function createCensus(
  places: Places,
  watch: { ended?: (callers: Caller[]) => Promise<Caller[]>; everyMs: number; logger: Logger },
): Census {
  const open = new Set<OpenConnection>();
  const counts = new Map<string, number>();
  const timer = watch.ended ? watchSeats(open, watch.ended, watch) : undefined;
  const add = (key: string, one: 1 | -1): void => {
    const count = (counts.get(key) ?? 0) + one;
    if (count) counts.set(key, count);
    else counts.delete(key);
  };
  return {
    enter(connection) {
      const taken = placesOf(connection, places);
      if (taken.some(([key, most]) => (counts.get(key) ?? 0) >= most)) return undefined;
      for (const [key] of taken) add(key, 1);
      open.add(connection);
      return () => {
        if (open.delete(connection)) for (const [key] of taken) add(key, -1);
      };
    },
    stop: () => clearInterval(timer),
  };
}

const placesOf = ({ caller, type, address }: OpenConnection, places: Places): [key: string, most: number][] =>
  caller.key === undefined
    ? [
        [`nobody ${address}`, places.nobodyFromOne],
        ['nobody', places.nobody],
      ]
    : [[`${type} ${caller.key}`, places[type]]];

function watchSeats(
  open: Set<OpenConnection>,
  ended: (callers: Caller[]) => Promise<Caller[]>,
  watch: { everyMs: number; logger: Logger },
): NodeJS.Timeout {
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking || open.size === 0) return;
    asking = true;
    try {
      const gone = new Set(await ended([...new Set([...open].map(({ caller }) => caller))]));
      for (const connection of [...open]) if (gone.has(connection.caller)) connection.end();
    } catch (error) {
      watch.logger.error({ err: error }, 'could not ask which seats have ended');
    } finally {
      asking = false;
    }
  };
  return setInterval(() => void look(), watch.everyMs).unref();
}
