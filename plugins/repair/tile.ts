import type { WindowTile } from '@guichet/sdk';

/** What customers touch in the window to ask for a repair. */
export const repairTile: WindowTile = {
  tile: 'REPAIR_REQUEST',
  plugin: 'repair',
  name: { en: 'Repair', 'zh-CN': '报修' },
  icon: 'wrench',
  opens: 'repair.request',
};
