import { entityRef, words } from '@guichet/sdk';
import {
  contracts,
  contractTemplates,
  contractVersions,
  internalComments,
  obligations,
  reviews,
  sharedComments,
  signers,
  viewers,
} from './contract.entity.ts';
import { counterparties } from './counterparty.entity.ts';

export const Contract = entityRef('Contract', contracts);
export const ContractViewerCan = entityRef('ContractViewerCan', contracts);
export const ContractVersion = entityRef('ContractVersion', contractVersions);
export const ContractInternalComment = entityRef('ContractInternalComment', internalComments);
export const ContractSharedComment = entityRef('ContractSharedComment', sharedComments);
export const ContractSigner = entityRef('ContractSigner', signers);
export const ContractCounterparty = entityRef('ContractCounterparty', counterparties);
export const ContractViewer = entityRef('ContractViewer', viewers);
export const ContractObligation = entityRef('ContractObligation', obligations);
export const ContractReview = entityRef('ContractReview', reviews);
export const ContractTemplate = entityRef('ContractTemplate', contractTemplates);

export const ContractSide = words('ContractSide', 'A side of a contract.', {
  OWN: 'The organization.',
  COUNTERPARTY: 'Whom it makes the contract with.',
});
export const ContractSignerState = words('ContractSignerState', 'Where a signature stands.', {
  WAITING: 'It is to come.',
  SIGNED: 'It was given.',
  DECLINED: 'It was refused.',
  VOIDED: 'It was given, and is void: the contract has changed since.',
});
export const ContractSigningOrder = words('ContractSigningOrder', 'In which order people sign.', {
  IN_ORDER: 'One after the other.',
  ANY: 'In any order.',
});
export const ContractSigningMethod = words('ContractSigningMethod', 'How somebody has signed.', {
  PHONE_CODE: 'By a code that was sent to their phone.',
  PAPER: 'On paper, as whoever drafted the contract has written down.',
});
