import type { Logger } from 'pino';
import {
  chooseSmsSender,
  DEFAULT_SIGN_IN_SETTINGS,
  type IdentityDoor,
  identityDoor,
  seatNames,
  serverSecret,
} from '../domains/accounts/index.ts';
import { pluginList, pluginStates } from '../domains/organization/index.ts';
import { type ReadDatabase, readDatabase } from '../platform/database/read-database.ts';
import { inReadOnlyTransaction, type Transaction } from '../platform/database/transaction.ts';
import { LiveCursors } from '../platform/events/live-cursor.ts';
import { LiveHub } from '../platform/events/live-hub.ts';
import { Authorizer } from '../platform/use-case/authorizer.ts';
import type { Performer } from '../platform/use-case/perform.ts';
import { Switchboard } from '../platform/use-case/service.ts';
import type { UseCaseParts } from '../platform/use-case/use-case.ts';
import { cursorSealer, organizationData, provide, serverSecret as secretService } from '../sdk/index.ts';
import type { Pools } from './databases.ts';
import { DEMO_PHONES } from './demo/seats.ts';
import type { LoadedModule } from './loaded-module.ts';
import { buildSchemas, type Schemas } from './schemas.ts';
import { seatNamesFrom } from './seat-names.ts';
import { Seats } from './seats.ts';
import { writeLimit } from './write-limit.ts';

export interface RuntimeOptions {
  readonly modules: readonly LoadedModule[];
  readonly pools: Pools;
  /** The login's URL: its sessions listen for other servers. */
  readonly url: string;
  readonly secret: string | undefined;
  readonly demo: boolean;
  readonly writesPerMinute: number;
  readonly logger: Logger;
  now(): Date;
}
/** The parts of a running server, put together. */
export interface Runtime {
  readonly modules: readonly LoadedModule[];
  readonly pools: Pools;
  readonly schemas: Schemas;
  readonly seats: Seats;
  readonly door: IdentityDoor;
  readonly switchboard: Switchboard;
  readonly reads: ReadDatabase;
  readonly parts: UseCaseParts;
  readonly performer: Performer;
  readonly hub: LiveHub;
  readonly cursors: LiveCursors;
  now(): Date;
}

export async function makeRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { modules, pools, url, demo, writesPerMinute, logger, now } = options;
  const secret = await serverSecret(pools.identity, options.secret);
  const cursors = new LiveCursors(secret);
  const schemas = buildSchemas(modules);
  const door: IdentityDoor = {
    pool: pools.identity,
    secret,
    sms: chooseSmsSender(undefined, demo),
    settings: { ...DEFAULT_SIGN_IN_SETTINGS, demo },
    demoPhones: new Set(DEMO_PHONES),
  };
  const switchboard = new Switchboard(
    [
      provide(identityDoor, door),
      provide(seatNames, seatNamesFrom(pools.requests)),
      provide(secretService, secret),
      provide(cursorSealer, cursors),
      provide(organizationData, { read: (organizationId, work) => inReadOnlyTransaction(pools.requests, organizationId, work) }),
      provide(
        pluginList,
        modules.filter(({ isPlugin }) => isPlugin),
      ),
      ...modules.flatMap(({ services = [] }) => services),
    ],
    modules.flatMap(({ registrations = [] }) => registrations),
  );
  const parts: UseCaseParts = {
    listeners: modules.flatMap(({ listeners = [] }) => listeners),
    switchboard,
    authorizer: new Authorizer(schemas.entity),
    settings: settingsFrom(modules),
  };
  const hub = new LiveHub({ pool: pools.worker, url, onError: (error) => logger.error({ err: error }, 'live events') });
  const performer: Performer = {
    pool: pools.requests,
    parts,
    wake: () => hub.wake(),
    limit: writeLimit(writesPerMinute, () => now().getTime()),
  };
  const seats = new Seats(door, pools.requests, modules, now);
  return { modules, pools, schemas, seats, door, switchboard, reads: readDatabase(pools.requests), parts, performer, hub, cursors, now };
}

/** Settings of a plugin in the organization of a transaction: what it has set, over the plugin's defaults. */
const settingsFrom =
  (modules: readonly LoadedModule[]) =>
  async (transaction: Transaction, name: string): Promise<unknown> => {
    const schema = modules.find((module) => module.name === name)?.settings;
    if (!schema) throw new Error(`The module ${name} has no settings.`);
    const found = await transaction
      .on({ plugin_states: pluginStates })
      .selectFrom('plugin_states')
      .select('settings')
      .where('plugin', '=', name)
      .executeTakeFirst();
    return schema.parse(found?.settings ?? {});
  };
