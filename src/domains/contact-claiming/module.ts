import { contactDeleted, contactOwnerChanged, defineModule, listen, readMigrations } from '../../sdk/index.ts';
import { ClaimDepartment, ContactClaim, ContactClaiming } from './claiming.entity.ts';
import { claimingTypes } from './claiming.graphql.ts';
import { endClaims } from './claiming.service.ts';
import { claiming } from './permissions.ts';

export const contactClaimingModule = defineModule({
  name: 'contact-claiming',
  version: '0.1.0',
  description: 'Claiming contacts that nobody answers for.',
  needs: ['contacts', 'directory'],
  entities: [ContactClaiming, ClaimDepartment, ContactClaim],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(claiming),
  types: claimingTypes,
  listeners: [
    listen(contactOwnerChanged, async (use, { contactId }) => use.last(endClaims, contactId)),
    listen(contactDeleted, async (use, { contactId }) => use.last(endClaims, contactId)),
  ],
});
