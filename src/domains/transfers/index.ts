export { letGo } from './leaving.service.ts';
export { transfersModule } from './module.ts';
export { transfer } from './permissions.ts';
export { Transfer, TransferItem } from './transfer.refs.ts';
export { recordTransfer } from './transfer.service.ts';
