import { entityRef, refs, words } from '@guichet/sdk';
import { applications, holds } from './application.entity.ts';
import { brands, scoreSheets, territories } from './brand.entity.ts';
import { deposits, disclosures, openingTasks } from './closing.entity.ts';
import { ballots, documents, scores, siteVisits } from './dossier.entity.ts';

export const FranchiseBrand = entityRef('FranchiseBrand', brands);
export const FranchiseTerritory = entityRef('FranchiseTerritory', territories);
export const FranchiseScoreSheet = entityRef('FranchiseScoreSheet', scoreSheets);
export const FranchiseApplication = entityRef('FranchiseApplication', applications);
export const FranchiseApplicationViewerCan = entityRef('FranchiseApplicationViewerCan', applications);
export const FranchiseProfile = entityRef('FranchiseProfile', applications);
export const FranchiseHold = entityRef('FranchiseHold', holds);
export const FranchiseDocument = entityRef('FranchiseDocument', documents);
export const FranchiseSiteVisit = entityRef('FranchiseSiteVisit', siteVisits);
export const FranchiseScore = entityRef('FranchiseScore', scores);
export const FranchiseDisclosure = entityRef('FranchiseDisclosure', disclosures);
export const FranchiseDeposit = entityRef('FranchiseDeposit', deposits);
export const FranchiseOpeningTask = entityRef('FranchiseOpeningTask', openingTasks);
export const FranchiseBallot = entityRef('FranchiseBallot', ballots);
export const FranchiseInteraction = entityRef('FranchiseInteraction', refs.Interaction);

export const FranchiseCommitteeMode = words('FranchiseCommitteeMode', 'How a committee decides.', {
  ALL: 'All have to agree.',
  MAJORITY: 'More than half have to agree.',
});
export const FranchiseDocumentState = words('FranchiseDocumentState', 'Where a document stands.', {
  REQUESTED: 'It was asked for.',
  UPLOADED: 'It has come, and is to be looked at.',
  VERIFIED: 'It was accepted.',
  REFUSED: 'It is not as it should be: it is asked for again.',
  EXPIRED: 'It is good no more: it is asked for again.',
});
export const FranchiseScoreState = words('FranchiseScoreState', 'Where a score stands.', {
  WAITING: 'It is to come.',
  SCORED: 'It was given.',
  RECUSED: 'Whoever was to give it takes no part.',
});
export const FranchiseVote = words('FranchiseVote', 'What a member of a committee says.', {
  OPEN: 'Nothing yet.',
  FOR: 'They agree.',
  AGAINST: 'They do not agree.',
  RECUSED: 'They take no part, and do not count.',
  VOID: 'The committee came to no decision in this round.',
});
export const FranchiseAvailability = words('FranchiseAvailability', 'Whether a territory has room.', {
  FREE: 'It has.',
  HELD: 'All its places are kept for applicants, or taken.',
  TAKEN: 'All its places are taken by stores.',
});
