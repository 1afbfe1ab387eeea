import type { Logger } from 'pino';
import { forgetExpired, phoneTelling, tellOrganizations } from '../domains/accounts/index.ts';
import { forgetLooseFiles } from '../domains/files/index.ts';
import { forgetOldEvents } from '../platform/live/event-retention.ts';
import { forgetOldKeys } from '../platform/write/idempotency.ts';
import { backfill } from './backfills.ts';
import type { Runtime } from './runtime.ts';

const EVERY_MILLISECONDS = 3_600_000;

/** Deletes what is too old to serve anybody, and brings rows up to date. Every server does it; what another has done is not there any more. */
export async function keepHouse(runtime: Runtime, logger: Logger): Promise<void> {
  const { pools, door, files, switchboard, now } = runtime;
  const chores = {
    'old events': () => forgetOldEvents(pools.worker, now()),
    'old idempotency keys': () => forgetOldKeys(pools.worker, now()),
    'old codes and sessions': () => forgetExpired(door, now()),
    'phones that have changed': () => tellOrganizations(door, switchboard.service(phoneTelling)),
    'files that hang on nothing': () => forgetLooseFiles(pools.worker, files.store, now()),
    'rows of an older version': () => backfill(runtime),
  };
  for (const [what, chore] of Object.entries(chores)) {
    await chore().catch((error: unknown) => logger.error({ err: error }, `could not see to ${what}`));
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
