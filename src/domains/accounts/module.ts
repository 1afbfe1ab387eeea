import { defineModule, provide, readMigrations } from '../../sdk/index.ts';
import { accountSelf } from './permissions.ts';
import { seatIndex, theSeatIndex } from './seat-index.service.ts';
import { declareSeatSummary } from './seat-summary.graphql.ts';
import { declareSessions } from './session.graphql.ts';
import { declareSignIn } from './sign-in.graphql.ts';

export const accounts = defineModule({
  name: 'accounts',
  version: '0.1.0',
  description: 'Accounts, the seats that they act as, signing in by a code, and sessions.',
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: [accountSelf],
  services: [provide(seatIndex, theSeatIndex)],
  schema(door) {
    declareSeatSummary(door);
    declareSignIn(door);
    declareSessions(door);
  },
});
