import type { Logger } from 'pino';
import { forgetExpired } from '../domains/accounts/index.ts';
import { forgetOldEvents } from '../platform/events/event-retention.ts';
import { forgetOldKeys } from '../platform/use-case/idempotency.ts';
import type { Runtime } from './runtime.ts';

const EVERY_MILLISECONDS = 3_600_000;

/** Deletes what is too old to serve anybody. Every server does it; what another has deleted is not there any more. */
export async function keepHouse({ pools, door, now }: Runtime, logger: Logger): Promise<void> {
  const chores = {
    events: () => forgetOldEvents(pools.worker, now()),
    'idempotency keys': () => forgetOldKeys(pools.worker, now()),
    'codes and sessions': () => forgetExpired(door, now()),
  };
  for (const [what, chore] of Object.entries(chores)) {
    await chore().catch((error: unknown) => logger.error({ err: error }, `could not delete old ${what}`));
  }
}

/** Keeps house at once and then every hour. @returns a function that stops it, once what is under way has ended. */
export function startHousekeeping(runtime: Runtime, logger: Logger): () => Promise<void> {
  let underWay = keepHouse(runtime, logger);
  const timer = setInterval(() => {
    underWay = underWay.then(() => keepHouse(runtime, logger));
  }, EVERY_MILLISECONDS).unref();
  return () => {
    clearInterval(timer);
    return underWay;
  };
}
