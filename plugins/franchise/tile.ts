import type { WindowTile } from '@guichet/sdk';

/** What contacts touch in the window to ask for a franchise. */
export const franchiseTile: WindowTile = {
  tile: 'FRANCHISE_APPLY',
  plugin: 'franchise',
  name: { en: 'Franchise', 'zh-CN': '加盟' },
  icon: 'store',
  opens: 'franchise.apply',
};
