import { defineModule, provide, readMigrations } from '../../sdk/index.ts';
import { accountSelf } from './permissions.ts';
import { phoneChangeMutations } from './phone-change.graphql.ts';
import { seatIndex, theSeatIndex } from './seat-index.service.ts';
import { seatSummaryTypes } from './seat-summary.graphql.ts';
import { sessionTypes } from './session.graphql.ts';
import { signInMutations } from './sign-in.graphql.ts';

export const accounts = defineModule({
  name: 'accounts',
  version: '0.1.0',
  description: 'Accounts, the seats that they act as, signing in by a code, and sessions.',
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: [accountSelf],
  services: [provide(seatIndex, theSeatIndex)],
  types: (builder) => {
    seatSummaryTypes(builder);
    signInMutations(builder);
    phoneChangeMutations(builder);
    sessionTypes(builder);
  },
});
