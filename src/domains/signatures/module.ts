import { defineModule, phoneProofs, provide, readMigrations, signaturesService } from '../../sdk/index.ts';
import { theProofs } from './phone-proofs.service.ts';
import { Evidence } from './signature-evidence.entity.ts';
import { theSignatures } from './signing.service.ts';

export const signaturesModule = defineModule({
  name: 'signatures',
  version: '0.1.0',
  description: 'Signatures by a code that is sent to a phone, and the evidence that is left of them.',
  needs: ['organization', 'accounts'],
  entities: [Evidence],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  services: [provide(signaturesService, theSignatures), provide(phoneProofs, theProofs)],
});
