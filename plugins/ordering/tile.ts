import type { WindowTile } from '@guichet/sdk';

/** What customers touch in the window to order. */
export const catalogueTile: WindowTile = {
  tile: 'ORDERING_CATALOGUE',
  plugin: 'ordering',
  name: { en: 'Order', 'zh-CN': '订货' },
  icon: 'cart',
  opens: 'ordering.catalogue',
};
