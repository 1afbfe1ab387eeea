import type { Logger } from 'pino';
import { placesOf } from '../platform/log/loggable-error.ts';
import { pluginBlamedFor, pluginUnderWay } from '../platform/plugin-call/plugin-call.ts';
import type { PluginFolder } from './plugin-folder.ts';
import { pluginPlace } from './watchdog/plugin-place.ts';
import { RESTART } from './watchdog/watchdog.signals.ts';
import type { Watchdog } from './watchdog/watchdog.ts';

interface Owned {
  readonly plugin: string;
  readonly place: string | undefined;
}

/**
 * What nobody has caught: told with the plugin whose it is (docs/decisions/stray-errors.md). A rejection has interrupted nobody, nor has an
 * exception that went through a plugin's own code alone; after any other nobody knows the state of the process, and it starts afresh.
 * Node itself would print an error with all its values.
 */
export function tellStrayErrors(logger: Logger, watchdog: Watchdog, plugins: readonly PluginFolder[]): void {
  process.on('unhandledRejection', (err) => {
    logger.error({ err, plugin: ownerOf(err, plugins)?.plugin }, 'a promise was rejected, and nobody has heard it');
  });
  process.on('uncaughtException', (err) => {
    const owner = ownerOf(err, plugins);
    if (!owner) {
      logger.fatal({ err }, 'nobody has caught this: the server restarts');
      process.exit(RESTART);
    }
    if (isAlone(err, owner, plugins)) return logger.error({ err, plugin: owner.plugin }, 'a plugin threw what nobody has caught');
    logger.fatal(
      { err, plugin: owner.plugin },
      'a plugin threw what nobody has caught, through the code of others: it stays off, and the server restarts',
    );
    watchdog.endFor(owner.plugin, owner.place);
  });
}

function ownerOf(error: unknown, plugins: readonly PluginFolder[]): Owned | undefined {
  const found = error instanceof Error ? pluginPlace(placesOf(error), plugins) : undefined;
  // A connection that was opened for a plugin serves others later, and still counts as begun by it: only where there is no stack to ask.
  const plugin = pluginBlamedFor(error) ?? found?.plugin ?? (error instanceof Error ? undefined : pluginUnderWay());
  return plugin === undefined ? undefined : { plugin, place: found?.place };
}

/** Whether its whole stack is known, and lies in the plugin and in Node, which called it. */
function isAlone(error: unknown, { plugin }: Owned, plugins: readonly PluginFolder[]): boolean {
  const places = error instanceof Error ? placesOf(error) : [];
  const own = plugins.find(({ name }) => name === plugin)?.folder;
  const isOwn = (place: string): boolean => place.startsWith('node:') || (own !== undefined && place.includes(own));
  return places.length > 0 && places.length < Error.stackTraceLimit && places.every(isOwn);
}
