import { entityRef, words } from '../../sdk/index.ts';
import { windowAppTable } from './window-app.entity.ts';

export const WindowApp = entityRef('WindowApp', windowAppTable);
export const WindowAppKindName = words('WindowAppKind', 'What a tile of the window is. More kinds may come: have a default branch.', {
  PLUGIN: 'What a plugin brings; `opens` says what the front end shows.',
  LINK: 'A page elsewhere: `openLinkApp` makes an address that tells it who came.',
});
