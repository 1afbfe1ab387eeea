import {
  encodeGlobalId,
  type GuichetBuilder,
  type InputMaker,
  type PayloadFields,
  versionConflict,
  windowSuspended,
} from '../../sdk/index.ts';
import { audienceInput, enterWindow, findAudience } from '../service-window/index.ts';
import { windowApps } from './permissions.ts';
import { WindowApp } from './window-app.refs.ts';
import { URL_CHARACTERS } from './window-app.rules.ts';
import { addLink, findApp, openLink, placeBehind, removeLink, showTo, updateLink } from './window-app.service.ts';
import { holdTiles, seeTiles } from './window-tile.service.ts';

const rule = windowApps.manage;
const appId = (t: InputMaker) => t.globalId(WindowApp, { description: 'The tile.' });
const icon = (t: InputMaker, said: string) => t.text({ description: said, required: false, min: 0, max: 50 });
const success = (t: PayloadFields<{ app: string }>) => ({
  app: t.loaded(WindowApp, 'app', { description: 'The tile as it is now.', rule: windowApps.read }),
});

/** What admins do with tiles, and how a contact opens a link (spec 5.7, 5.8). */
export function windowAppMutations(builder: GuichetBuilder): void {
  declareLinks(builder);
  declareArranging(builder);
  builder.useCase('openLinkApp', {
    description:
      'Makes the address under which you come to a link app. It holds a signed token that tells the app who came: for five minutes, to be redeemed once.',
    rule: windowApps.open,
    input: (t) => ({ appId: appId(t) }),
    refusals: [windowSuspended],
    guard: async (use, given) => {
      await enterWindow(use);
      await use.find('WindowApp', given.appId, ['input', 'appId']);
    },
    run: async (use, given) => ({ url: await openLink(use, given.appId) }),
    success: (t) => ({ url: t.exposeString('url', { description: 'The address, to be opened at once.', rule: windowApps.open }) }),
  });
}

function declareLinks(builder: GuichetBuilder): void {
  builder.useCase('addLinkApp', {
    description: 'Adds a link behind all other tiles.',
    rule,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'What stands on it.', max: 50 }),
      icon: icon(t, 'Name of its picture, for the front end.'),
      url: t.text({ description: 'Where it leads: an address of https, without a parameter `token`.', max: URL_CHARACTERS }),
      ...audienceInput(t),
    }),
    guard: (use, given) => findAudience(use, given),
    run: async (use, given) => {
      await seeTiles(use);
      return { app: await addLink(use, given) };
    },
    success,
  });
  builder.useCase('updateLinkApp', {
    description: 'Edits a link. What is left out stays as it is.',
    rule,
    input: (t) => ({
      appId: appId(t),
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      name: t.name({ description: 'What stands on it.', required: false, max: 50 }),
      icon: icon(t, 'Name of its picture, for the front end. An empty text takes it away.'),
      url: t.text({
        description: 'Where it leads: an address of https, without a parameter `token`.',
        required: false,
        max: URL_CHARACTERS,
      }),
    }),
    refusals: [versionConflict],
    guard: (use, given) => findApp(use, given.appId),
    run: async (use, given, before) => {
      updateLink(use, before, given);
      return { app: given.appId };
    },
    success,
  });
  builder.useCase('removeLinkApp', {
    description: 'Takes a link off the window. A plugin’s tile goes with its plugin, and may be shown to nobody meanwhile.',
    rule,
    input: (t) => ({ appId: appId(t) }),
    guard: (use, given) => findApp(use, given.appId),
    run: async (use, given, before) => {
      await removeLink(use, before);
      return { appId: encodeGlobalId('WindowApp', given.appId) };
    },
    success: (t) => ({ appId: t.exposeID('appId', { description: 'Global id that the tile had.', rule }) }),
  });
}

function declareArranging(builder: GuichetBuilder): void {
  builder.useCase('moveWindowApp', {
    description: 'Gives a tile another place.',
    rule,
    input: (t) => ({
      appId: appId(t),
      afterId: t.nullableId(WindowApp, { description: 'The tile that it stands right behind; null for the first place.' }),
    }),
    guard: async (use, given) => {
      await holdTiles(use);
      await findApp(use, given.appId);
      if (given.afterId) await use.find('WindowApp', given.afterId, ['input', 'afterId']);
    },
    run: async (use, given) => {
      await placeBehind(use, given.appId, given.afterId ?? null);
      return { app: given.appId };
    },
    success,
  });
  builder.useCase('showWindowApp', {
    description: 'Says who is shown a tile, a link or a plugin’s: from now on these, and no others (spec 5.8).',
    rule,
    input: (t) => ({ appId: appId(t), ...audienceInput(t) }),
    guard: async (use, given) => {
      await findApp(use, given.appId);
      await findAudience(use, given);
    },
    run: async (use, given) => {
      await showTo(use, given.appId, given);
      return { app: given.appId };
    },
    success,
  });
}
