import { defineModule, readMigrations } from '../../sdk/index.ts';
import { leavingTypes } from './leaving.graphql.ts';
import { leavingNotifications } from './leaving.notifications.ts';
import { transfer } from './permissions.ts';
import { Transfer, TransferItem } from './transfer.entity.ts';
import { transferTypes } from './transfer.graphql.ts';
import { undoingTypes } from './undoing.graphql.ts';

export const transfersModule = defineModule({
  name: 'transfers',
  version: '0.1.0',
  description: 'What changes hands: when an employee leaves, and when contacts are given to others.',
  needs: ['organization', 'accounts', 'directory'],
  entities: [Transfer, TransferItem],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(transfer),
  registrations: leavingNotifications,
  types: (builder) => {
    transferTypes(builder);
    leavingTypes(builder);
    undoingTypes(builder);
  },
});
