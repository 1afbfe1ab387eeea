import { contractMoved, signingGuards } from '@guichet/plugin-contract';
import {
  contactPurged,
  defineModule,
  filePurposes,
  formKinds,
  formMoved,
  listen,
  readMigrations,
  register,
  timelineKinds,
  windowTiles,
} from '@guichet/sdk';
import { Application, CoApplicant, Hold } from './application.entity.ts';
import { applicationTypes } from './application.graphql.ts';
import { franchiseMoves } from './application.moves.ts';
import { applyingMutations } from './applying.graphql.ts';
import { Brand, CommitteeMember, ScoreSheet, Territory } from './brand.entity.ts';
import { brandTypes } from './brand.graphql.ts';
import { brandMutations } from './brand.mutations.ts';
import { Deposit, Disclosure, OpeningTask } from './closing.entity.ts';
import { closingMutations } from './closing.graphql.ts';
import { ballotMoved, committeeKind } from './committee.service.ts';
import { contractHasMoved, guardSigning } from './contracting.service.ts';
import { demo } from './demo.ts';
import { DISCLOSURE_FILE } from './disclosing.service.ts';
import { DOCUMENT_FILE } from './document.service.ts';
import { Ballot, FranchiseDocument, Recusal, Score, SiteVisit } from './dossier.entity.ts';
import { dossierTypes } from './dossier.graphql.ts';
import { dayClock, puttingOffHolds } from './franchise.clocks.ts';
import { judgingMutations } from './judging.graphql.ts';
import { liveTypes } from './live.graphql.ts';
import { franchise, RIGHTS } from './permissions.ts';
import { recruitingMutations } from './recruiting.graphql.ts';
import { forget } from './retention.service.ts';
import { franchiseSettings } from './settings.ts';
import { franchiseNotifications } from './telling.ts';
import { franchiseTile } from './tile.ts';

const MEGABYTE = 1024 * 1024;

export default defineModule({
  name: 'franchise',
  version: '0.1.0',
  description: 'Franchise applications: stages, documents, territories, blind scores, committee, disclosure, contract, opening.',
  guichet: '^0.1.0',
  needs: [
    'forms',
    'files',
    'signatures',
    'working-time',
    'contacts',
    'directory',
    'interactions',
    'notifications',
    'service-window',
    'window-apps',
    'contract',
  ],
  entities: [
    Brand,
    CommitteeMember,
    Territory,
    ScoreSheet,
    Application,
    CoApplicant,
    Hold,
    FranchiseDocument,
    SiteVisit,
    Score,
    Ballot,
    Recusal,
    Disclosure,
    Deposit,
    OpeningTask,
  ],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(franchise),
  rights: RIGHTS,
  moves: [franchiseMoves],
  settings: franchiseSettings,
  registrations: [
    register(formKinds, committeeKind),
    register(windowTiles, franchiseTile),
    register(timelineKinds, { kind: 'FRANCHISE_APPLICATION', description: 'The contact asked for a franchise.' }),
    register(signingGuards, { guard: guardSigning }),
    register(filePurposes, {
      purpose: DOCUMENT_FILE,
      description: 'A document of somebody who applies for a franchise.',
      mayUpload: franchise.send,
      most: 20 * MEGABYTE,
      kinds: ['PDF', 'JPEG', 'PNG'],
      readBy: { type: 'FranchiseDocument', rule: franchise.documents },
    }),
    register(filePurposes, {
      purpose: DISCLOSURE_FILE,
      description:
        'What is disclosed to somebody who applies for a franchise: a PDF, which is kept without its author and other properties.',
      mayUpload: franchise.disclose,
      most: 20 * MEGABYTE,
      kinds: ['PDF'],
      withoutAuthors: true,
      readBy: { type: 'FranchiseDisclosure', rule: franchise.read },
    }),
    ...franchiseNotifications,
  ],
  listeners: [
    listen(formMoved, ballotMoved),
    listen(contractMoved, contractHasMoved),
    listen(contactPurged, (use, { contactId }) => forget(use, contactId)),
    puttingOffHolds,
  ],
  clocks: [dayClock],
  types: (builder) => {
    applicationTypes(builder);
    brandTypes(builder);
    brandMutations(builder);
    dossierTypes(builder);
    applyingMutations(builder);
    recruitingMutations(builder);
    judgingMutations(builder);
    closingMutations(builder);
    liveTypes(builder);
  },
  demo,
});
