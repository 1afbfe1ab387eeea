import type { WindowTile } from '@guichet/sdk';

/** What customers touch in the window to read and sign their contracts. */
export const contractTile: WindowTile = {
  tile: 'CONTRACT_MINE',
  plugin: 'contract',
  name: { en: 'Contracts', 'zh-CN': '合同' },
  icon: 'file-text',
  opens: 'contract.mine',
};
