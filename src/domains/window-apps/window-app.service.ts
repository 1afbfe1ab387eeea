import { randomUUID } from 'node:crypto';
import { serverSecret } from '../../sdk/core.ts';
import { encodeGlobalId, invalid, RAISED, type RowOf, type UseCase, versionConflict } from '../../sdk/index.ts';
import { contacts, moved } from '../contacts/index.ts';
import { type Audience, choose } from '../service-window/index.ts';
import { signVisitor } from './link-app.token.ts';
import { windowApps } from './permissions.ts';
import { CHOSEN_OF_APP, WindowApp, windowAppTable } from './window-app.entity.ts';
import { MOST_APPS } from './window-app.graphql.ts';
import { linkOf, withToken } from './window-app.rules.ts';
import { holdTiles, lastPlace } from './window-tile.service.ts';

export type AppRow = RowOf<typeof windowAppTable>;
const APP = ['input', 'appId'];

const appNow = (use: UseCase, id: string): Promise<AppRow> =>
  use.on(windowAppTable).selectFrom('window_apps').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** Finds and locks a tile that is the seat's to change. @throws NotFound, FORBIDDEN */
export async function findApp(use: UseCase, appId: string): Promise<AppRow> {
  await use.authorize('WindowApp', appId, windowApps.manage, { path: APP });
  return appNow(use, appId);
}
/** @throws ValidationFailed for what a plugin brings */
export function mustBeLink({ kind }: AppRow): void {
  if (kind !== 'LINK')
    throw invalid(APP, 'NOT_A_LINK', { en: 'A plugin brings this tile: it is no link.', 'zh-CN': '该应用由插件提供，不是链接应用。' });
}

/** Adds a link behind all other tiles. @throws ValidationFailed */
export async function addLink(
  use: UseCase,
  { name, icon, url, ...audience }: { readonly name: string; readonly icon?: string; readonly url: string } & Audience,
): Promise<string> {
  const link = linkOf(url);
  await holdTiles(use);
  const { count } = await use
    .on(windowAppTable)
    .selectFrom('window_apps')
    .select((of) => of.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= MOST_APPS)
    throw invalid(['input'], 'TOO_MANY', { en: `A window has at most ${MOST_APPS} tiles.`, 'zh-CN': `服务窗最多 ${MOST_APPS} 个应用。` });
  const id = use.newId();
  const app = use.em.create(WindowApp, { id, kind: 'LINK', name, icon: icon ?? null, url: link, position: await lastPlace(use) });
  await use.em.flush(); // whom it is shown to refers to the row
  await showTo(use, id, audience);
  return app.id;
}

/** @param before as it is, under the lock. @throws ValidationFailed, VersionConflict */
export function updateLink(
  use: UseCase,
  before: AppRow,
  given: { readonly expectedVersion: number; readonly name?: string; readonly icon?: string; readonly url?: string },
): void {
  mustBeLink(before);
  if (before.version !== given.expectedVersion)
    throw versionConflict({ current: { type: 'WindowApp', uuid: before.id } }, ['input', 'expectedVersion']);
  const { name = before.name, icon = before.icon, url } = given;
  use
    .on(WindowApp)
    .change({ id: before.id }, { name, icon: icon || null, url: url === undefined ? before.url : linkOf(url), version: RAISED });
}

export async function removeLink(use: UseCase, before: AppRow): Promise<void> {
  mustBeLink(before);
  await use.on(windowAppTable).deleteFrom('window_apps').where('id', '=', before.id).execute();
}

/** Shows a tile to those who carry one of some tags and to some contacts; without any of them to all. */
export async function showTo(use: UseCase, appId: string, audience: Audience): Promise<void> {
  const isForAll = await choose(use, CHOSEN_OF_APP, appId, audience);
  use.on(WindowApp).change({ id: appId }, { is_for_all: isForAll, version: RAISED });
}

/** Puts a tile right behind another, or before all. The turn of the tiles is held. */
export async function placeBehind(use: UseCase, appId: string, afterId: string | null): Promise<void> {
  const rows = await use
    .on(windowAppTable)
    .selectFrom('window_apps')
    .select(['id', 'position'])
    .orderBy('position')
    .orderBy('id')
    .execute();
  if (afterId === appId) return; // it stands where it stands
  const others = rows.filter(({ id }) => id !== appId);
  const place = others.findIndex(({ id }) => id === afterId) + 2;
  for (const { id, position } of moved(rows, appId, place)) use.on(WindowApp).change({ id }, { position });
}

/**
 * Makes the address under which a contact comes to a link app: it tells the app who came, for five minutes, once.
 * @throws NotFound for a tile that is not shown to the contact, ValidationFailed for a plugin's
 */
export async function openLink(use: UseCase, appId: string): Promise<string> {
  const app = await appNow(use, appId);
  mustBeLink(app);
  const { name } = await use.on(contacts).selectFrom('contacts').select('name').where('id', '=', use.seat.id).executeTakeFirstOrThrow();
  const visitor = {
    contactId: encodeGlobalId('Contact', use.seat.id),
    organizationId: encodeGlobalId('Organization', use.organizationId),
    appId: encodeGlobalId('WindowApp', appId),
    name,
  };
  return withToken(app.url!, await signVisitor(use.service(serverSecret), visitor, new URL(app.url!).origin, randomUUID(), use.now));
}
