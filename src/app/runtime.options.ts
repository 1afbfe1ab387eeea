import type { Logger } from 'pino';
import type { JoinLimits } from '../domains/joining/index.ts';
import type { Model } from '../platform/entities/model.ts';
import type { FileStore } from '../platform/files/file-store.ts';
import type { Tracer } from '../platform/trace/tracer.ts';
import type { SmsSender } from '../sdk/index.ts';
import type { ChannelSettings } from './channel-settings.ts';
import type { Pools } from './databases.ts';
import type { LoadedModule } from './loaded-module.ts';
import type { Schemas } from './schemas.ts';
import type { Settings } from './settings.ts';

/** What the parts of a server are put together from. */
export interface RuntimeOptions {
  readonly modules: readonly LoadedModule[];
  /** Built from these modules, before anything is opened. */
  readonly schemas: Schemas;
  /** Of their entities. */
  readonly model: Model;
  readonly pools: Pools;
  readonly secret: string | undefined;
  readonly demo: boolean;
  /** Sends text messages; without it none is sent. */
  readonly sms?: SmsSender;
  readonly writesPerMinute: number;
  /** Whether the database's disk has room, where that can be known; it is believed to by default. */
  readonly hasRoom?: () => boolean;
  /** Where bytes of files lie. */
  readonly files: FileStore;
  /** Milliseconds in which something of an upload has to come. */
  readonly uploadIdleMs?: number;
  readonly codeLimits?: Settings['codeLimits'];
  readonly joinLimits?: Partial<JoinLimits>;
  /** Where whoever was let in at a window signs in. */
  readonly portalUrl?: string;
  readonly logger: Logger;
  /** Milliseconds that a use case, or a field of a plugin, has: fewer than a request, so that the rest is still answered. */
  readonly patience?: number;
  readonly tracer?: Tracer;
  /** How many jobs it works on at once; 0: none. */
  readonly jobsAtOnce?: number;
  /** Channels of notifications; none by default but those of plugins. */
  readonly channels?: ChannelSettings;
  now(): Date;
}
