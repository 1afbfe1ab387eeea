import { type Clock, listen, type UseCase, windowOpened, windowTiles } from '../../sdk/index.ts';
import { linkAppUses, WindowApp, windowAppTable } from './window-app.entity.ts';

/** Whoever changes which tiles there are, or their order, does so alone. */
export const holdTiles = (use: UseCase): Promise<void> => use.takeTurn('window-apps');

/** The place behind all others. */
export async function lastPlace(use: UseCase): Promise<number> {
  const { last } = await use
    .on(windowAppTable)
    .selectFrom('window_apps')
    .select((of) => of.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/**
 * Gives the organization a tile for each that the loaded modules register. One whose module is gone keeps its place and its audience, and is
 * shown to nobody.
 */
export async function seeTiles(use: UseCase): Promise<void> {
  await holdTiles(use);
  const registered = use.registered(windowTiles);
  const known = await use
    .on(windowAppTable)
    .selectFrom('window_apps')
    .select(['id', 'tile', 'is_gone'])
    .where('tile', 'is not', null)
    .execute();
  for (const { id, tile, is_gone: wasGone } of known) {
    const isGone = !registered.some((one) => one.tile === tile);
    if (isGone !== wasGone) use.on(WindowApp).change({ id }, { is_gone: isGone });
  }
  const fresh = registered.filter(({ tile }) => !known.some((one) => one.tile === tile));
  if (fresh.length === 0) return;
  const place = await lastPlace(use);
  use
    .on(WindowApp)
    .add(fresh.map(({ tile, plugin }, i) => ({ id: use.newId(), kind: 'PLUGIN' as const, tile, plugin, position: place + i })));
}

export const tileListeners = [listen(windowOpened, (use) => seeTiles(use))];

/** A plugin may come or go with any start of a server. */
export const tileClock: Clock = {
  name: 'window-apps.seeTiles',
  description: 'Gives organizations a tile for each that plugins register, and forgets redeemed tokens that have expired.',
  cron: '7 * * * *',
  run: async (work) => {
    await work.perform(async (use) => {
      await seeTiles(use);
      await use.on(linkAppUses).deleteFrom('link_app_uses').where('expires_at', '<', use.now).execute();
    });
    return undefined;
  },
};
