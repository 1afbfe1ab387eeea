import type { Logger } from 'pino';
import type { Caller } from './server.options.ts';

/** A socket or an event stream that stays open for a caller. */
export interface OpenConnection {
  caller: Caller;
  type: 'socket' | 'stream';
  /** Closes it because the caller's seat has ended. */
  end(): void;
}

/** Who is connected: for counting connections of one seat, and for ending them when the seat ends. */
export interface Census {
  /** @returns a function that takes the connection out again, or undefined when the caller has too many of this type already */
  enter(connection: OpenConnection): (() => void) | undefined;
  stop(): void;
}

/**
 * @param allowed how many connections of each type one key may have
 * @param watch.ended which of these callers have lost their seat; asked for all of them at once, never twice at the same time
 * @param watch.everyMs time between two questions, in milliseconds
 */
export function createCensus(
  allowed: Record<OpenConnection['type'], number>,
  watch: { ended?: (callers: Caller[]) => Promise<Caller[]>; everyMs: number; logger: Logger },
): Census {
  const open = new Set<OpenConnection>();
  const counts = new Map<string, number>();
  const timer = watch.ended ? watchSeats(open, watch.ended, watch) : undefined;
  return {
    enter(connection) {
      const key = connection.caller.key === undefined ? undefined : `${connection.type} ${connection.caller.key}`;
      if (key !== undefined) {
        const count = counts.get(key) ?? 0;
        if (count >= allowed[connection.type]) return undefined;
        counts.set(key, count + 1);
      }
      open.add(connection);
      return () => {
        if (!open.delete(connection) || key === undefined) return;
        const left = (counts.get(key) ?? 1) - 1;
        if (left) counts.set(key, left);
        else counts.delete(key);
      };
    },
    stop: () => clearInterval(timer),
  };
}

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
