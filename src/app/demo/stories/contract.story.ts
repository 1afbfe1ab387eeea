import { read, type StoryTab } from '../story-tab.ts';
import type { AppStory } from './app-story.ts';

const DRAFT = `mutation DraftContract($input: DraftContractInput!) {
  draftContract(input: $input) {
    __typename
    ... on DraftContractSuccess { contract { id number state currentVersion { text sha256 } } }
    ... on UserError { code message path }
  }
}`;
const MINE = `query MyContracts {
  myContracts(first: 5) { nodes { id number title state signers { name side state signedAt } currentVersion { text sha256 } } }
}`;
const REVIEW = `mutation RequestReview($contract: ID!) {
  requestContractReview(input: { contractId: $contract }) {
    __typename
    ... on RequestContractReviewSuccess { contract { state } }
    ... on InvalidTransition { state allowed }
  }
}`;
const SEND = `mutation ShareContract($contract: ID!) {
  shareContract(input: { contractId: $contract }) { __typename ... on ShareContractSuccess { contract { state } } ... on InvalidTransition { state allowed } }
}

mutation FreezeContract($contract: ID!) {
  freezeContract(input: { contractId: $contract }) { __typename ... on FreezeContractSuccess { contract { state frozenSha256 } } ... on InvalidTransition { state allowed } }
}

mutation SendContract($contract: ID!, $expiresAt: DateTime!, $signers: [ContractSignerInput!]!) {
  sendContractForSigning(input: { contractId: $contract, order: IN_ORDER, expiresAt: $expiresAt, signers: $signers }) {
    __typename
    ... on SendContractForSigningSuccess { contract { state } }
    ... on InvalidTransition { state allowed }
    ... on UserError { code message path }
  }
}`;
const SIGN = `mutation AskForSigningCode($contract: ID!, $sha256: String!) {
  requestSigningCode(input: { contractId: $contract, versionSha256: $sha256 }) { __typename ... on UserError { code message } }
}

mutation SignContract($contract: ID!, $sha256: String!) {
  signContract(input: { contractId: $contract, versionSha256: $sha256, code: "246810" }) {
    __typename
    ... on SignContractSuccess { contract { state signers { name state } } }
    ... on UserError { code message }
  }
}`;
const GRANT = `mutation GrantLegal($input: GrantAdminRightInput!) {
  grantAdminRight(input: $input) { __typename ... on UserError { code message } }
}`;

const MY_CONTRACT = '<my newest contract>';
const ITS_HASH = '<the hash of what it says>';
const TEMPLATE = '<the newest template>';
const DAY = 86_400_000;
const dayOf = (now: Date, days: number): string => new Date(now.getTime() + days * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length);

const sign: StoryTab = read('Contract: ask for the code (the demo takes 246810), then sign exactly what you were shown.', SIGN, {
  contract: MY_CONTRACT,
  sha256: ITS_HASH,
});
const mine: StoryTab = read('Contract: those that I may see.', MINE);

/** A contract from its draft to the second signature. */
export const contractStory: AppStory = {
  plugin: 'contract',
  title: 'Contract',
  steps: [
    { by: 'wang', does: 'draft a contract with Hu Yan from the template.' },
    { by: 'lin', does: 'let Xu Li review contracts for the law.' },
    { by: 'wang', does: 'ask for its review.' },
    { by: 'xu', does: 'approve it.' },
    { by: 'wang', does: 'share it, freeze it, send it for signing, and sign.' },
    { by: 'hu', does: 'read what you are to sign, and sign it with a code.' },
  ],
  tabs: {
    wang: ({ contact, employees, now }) => [
      read('Contract: draft one from the template.', DRAFT, {
        input: {
          contactId: contact.id,
          title: 'Saws for a year',
          kind: 'SUPPLY',
          templateId: TEMPLATE,
          values: [
            { name: 'goods', value: 'saws' },
            { name: 'price', value: '200 yuan each' },
          ],
          amount: { amount: 2_000_000, currency: 'CNY' },
          ownName: 'Qinghe Tools',
          counterpartyName: 'Riverside Builders',
          startsOn: dayOf(now, 7),
          endsOn: dayOf(now, 372),
          noticeDays: 10,
        },
      }),
      read('Contract: have it reviewed.', REVIEW, { contract: MY_CONTRACT }),
      read('Contract: once it was approved, share it, freeze it, and send it. The button asks which.', SEND, {
        contract: MY_CONTRACT,
        expiresAt: new Date(now.getTime() + 14 * DAY).toISOString(),
        signers: [
          { employeeId: employees.wang, name: 'Wang Lei', role: 'Sales' },
          { contactId: contact.id, name: 'Hu Yan', role: 'Buyer' },
        ],
      }),
      sign,
    ],
    lin: ({ employees }) => [
      read('Contract: let Xu Li review for the law.', GRANT, { input: { employeeId: employees.xu, right: 'CONTRACT_LEGAL' } }),
    ],
    xu: () => [mine],
    hu: () => [mine, sign],
  },
  fills: {
    [MY_CONTRACT]: {
      query: '{ myContracts(first: 1) { nodes { id } } }',
      path: ['myContracts', 'nodes', 0, 'id'],
      none: 'I see no contract yet. Once one was drafted, or shared with me, run this again.',
    },
    [ITS_HASH]: {
      query: '{ myContracts(first: 1) { nodes { currentVersion { sha256 } } } }',
      path: ['myContracts', 'nodes', 0, 'currentVersion', 'sha256'],
      none: 'I see nothing to sign yet.',
    },
    [TEMPLATE]: {
      query: '{ contractTemplates(first: 1) { nodes { id } } }',
      path: ['contractTemplates', 'nodes', 0, 'id'],
      none: 'There is no template.',
    },
  },
};
