import {
  belongings,
  contactPurged,
  defineModule,
  formKinds,
  formMoved,
  listen,
  provide,
  readMigrations,
  register,
  windowTiles,
} from '@guichet/sdk';
import { keepConsents } from './consent.backfill.ts';
import { dayClock, puttingOffSigning, signingClock } from './contract.clocks.ts';
import {
  Contract,
  ContractTemplate,
  ContractVersion,
  InternalComment,
  Obligation,
  Review,
  SharedComment,
  Signer,
  Viewer,
} from './contract.entity.ts';
import { contractTypes } from './contract.graphql.ts';
import { contractMoves } from './contract.moves.ts';
import { contractLive } from './contract-live.graphql.ts';
import { partTypes } from './contract-parts.graphql.ts';
import { Consent, Counterparty } from './counterparty.entity.ts';
import { counterpartyMutations } from './counterparty.graphql.ts';
import { demo } from './demo.ts';
import { contractsService } from './doors.ts';
import { draftingMutations } from './drafting.graphql.ts';
import { draftContract } from './drafting.service.ts';
import { endingMutations } from './ending.graphql.ts';
import { rescindContract } from './ending.service.ts';
import { contractFiles } from './file.purposes.ts';
import { contractBelongings } from './leaving.service.ts';
import { contract, RIGHTS } from './permissions.ts';
import { receiptRoutes } from './receipt.routes.ts';
import { reviewKind, reviewMoved } from './reviewing.service.ts';
import { contractSettings } from './settings.ts';
import { signingMutations } from './signing.graphql.ts';
import { contractNotifications } from './telling.ts';
import { contractTile } from './tile.ts';
import { verifyingTypes } from './verifying.graphql.ts';
import { verifyingRoutes } from './verifying.routes.ts';

export {
  Contract as ContractRef,
  type ContractDraft,
  type ContractState,
  type ContractsService,
  ContractTemplate as ContractTemplateRef,
  type ContractWording,
  contractMoved,
  contractsService,
  type SigningGuard,
  signingGuards,
} from './doors.ts';

import { nameViewers } from './viewer.backfill.ts';
import { viewerMutations } from './viewer.graphql.ts';
import { forgetViewer } from './viewer.service.ts';

export default defineModule({
  name: 'contract',
  version: '0.1.0',
  description: 'Contracts: versions, review, negotiation, signing by a code, and what follows.',
  guichet: '^0.1.0',
  needs: ['forms', 'files', 'signatures', 'working-time', 'contacts', 'directory', 'notifications', 'service-window', 'window-apps'],
  entities: [
    Contract,
    Counterparty,
    Consent,
    ContractVersion,
    InternalComment,
    SharedComment,
    Signer,
    Viewer,
    Obligation,
    Review,
    ContractTemplate,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  backfills: [nameViewers, keepConsents],
  rules: Object.values(contract),
  rights: RIGHTS,
  moves: [contractMoves],
  settings: contractSettings,
  services: [
    provide(contractsService, {
      draft: async (use, draft, wording) => ({ contractId: await draftContract(use, draft, wording) }),
      rescind: rescindContract,
    }),
  ],
  registrations: [
    register(formKinds, reviewKind),
    register(windowTiles, contractTile),
    register(belongings, contractBelongings),
    ...contractFiles,
    ...receiptRoutes,
    ...verifyingRoutes,
    ...contractNotifications,
  ],
  listeners: [
    listen(formMoved, reviewMoved),
    listen(contactPurged, (use, { contactId }) => forgetViewer(use, contactId)),
    puttingOffSigning,
  ],
  clocks: [signingClock, dayClock],
  types: (builder) => {
    contractTypes(builder);
    partTypes(builder);
    draftingMutations(builder);
    counterpartyMutations(builder);
    viewerMutations(builder);
    signingMutations(builder);
    endingMutations(builder);
    verifyingTypes(builder);
    contractLive(builder);
  },
  demo,
});
