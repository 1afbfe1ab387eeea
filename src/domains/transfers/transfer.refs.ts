import { entityRef } from '../../sdk/index.ts';
import { transferItems, transfers } from './transfer.entity.ts';

export const Transfer = entityRef('Transfer', transfers);
export const TransferViewerCan = entityRef('TransferViewerCan', transfers);
export const TransferItem = entityRef('TransferItem', transferItems);
