import { read } from '../story-tab.ts';
import type { AppStory } from './app-story.ts';

const APPLY = `mutation ApplyForFranchise($brand: ID!, $territory: ID!) {
  applyForFranchise(input: { brandId: $brand, territoryId: $territory, message: "I know tea." }) {
    __typename
    ... on ApplyForFranchiseSuccess { application { number state } }
    ... on FranchiseReapplyLater { from }
    ... on UserError { code message path }
  }
}`;
const MINE = `query MyApplications {
  myApplications(first: 5) {
    nodes { number state brand { name } territory { name isFree } earliestSigningOn releasedReason disclosures { text sha256 } viewerCan { submitStage withdrawApplication } }
  }
}`;
/** A step that takes nothing beside the application. */
const step = (mutation: string, input = ''): string => {
  const name = mutation[0]!.toUpperCase() + mutation.slice(1);
  return `mutation ${name}($application: ID!) {
  ${mutation}(input: { franchiseId: $application${input} }) {
    __typename
    ... on ${name}Success { application { state } }
    ... on InvalidTransition { state allowed }
    ... on UserError { code message path }
  }
}`;
};
/** A step with an input of its own. */
const given = (mutation: string, more = '', facts = ''): string => {
  const name = mutation[0]!.toUpperCase() + mutation.slice(1);
  return `mutation ${name}($input: ${name}Input!) {
  ${mutation}(input: $input) {
    __typename
    ... on ${name}Success { application { state ${more} } }
    ... on InvalidTransition { state allowed }
    ${facts}
    ... on UserError { code message path }
  }
}`;
};
const FILL_IN = [
  step(
    'saveStage',
    ', expectedVersion: 1, legalName: "Hu Yan", capital: { amount: 50000000, currency: "CNY" }, experience: "Ten years of tea."',
  ),
  step('submitStage'),
].join('\n\n');
const ACKNOWLEDGE = `mutation AskForDisclosureCode($application: ID!, $sha256: String!) {
  requestDisclosureCode(input: { franchiseId: $application, sha256: $sha256 }) { __typename ... on UserError { code message } }
}

mutation AcknowledgeDisclosure($application: ID!, $sha256: String!) {
  acknowledgeDisclosure(input: { franchiseId: $application, sha256: $sha256, code: "246810" }) {
    __typename
    ... on AcknowledgeDisclosureSuccess { application { state earliestSigningOn } }
    ... on InvalidTransition { state allowed }
    ... on UserError { code message }
  }
}`;
const START = given('startContract', '', '... on FranchiseTooEarly { earliestOn }');
const HOLD = given('holdTerritory', 'hold { until territory { name } }');

const BRAND = '<the brand>';
const A_TERRITORY = '<a territory>';
const MY_APPLICATION = '<my newest application>';
const AN_APPLICATION = '<the newest application that I see>';
const DISCLOSED = '<the hash of what was disclosed>';
const DAY = 86_400_000;
const dayOf = (now: Date, days: number): string => new Date(now.getTime() + days * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length);
const momentOf = (now: Date, days: number): string => new Date(now.getTime() + days * DAY).toISOString();
const POINTS = ['capital', 'experience', 'location'].map((criterion) => ({ criterion, points: 8 }));

/** A franchise from the first question to the first lawful day. */
export const franchiseStory: AppStory = {
  plugin: 'franchise',
  title: 'Franchise',
  steps: [
    { by: 'hu', does: 'ask for a franchise; once Wang Lei wants a whole application, fill it in.' },
    { by: 'wang', does: 'qualify the application, and once it is in, take it up, invite Hu Yan, and send Sun Hao to the site.' },
    { by: 'sun', does: 'write down what the site is like.' },
    { by: 'chen', does: 'score it: nobody sees the score before all are in.' },
    { by: 'wang', does: 'keep the territory, and call the committee.' },
    { by: 'lin', does: 'decide as the committee, then disclose what the law wants disclosed.' },
    { by: 'hu', does: 'acknowledge it with a code. Wang Lei may start the contract in thirty days, and not before.' },
  ],
  tabs: {
    hu: () => [
      read('Franchise: ask for one.', APPLY, { brand: BRAND, territory: A_TERRITORY }),
      read('Franchise: mine, and what I can do. No score, no name, no inner reason is here.', MINE),
      read('Franchise: fill in the application, then hand it in. The button asks which.', FILL_IN, { application: MY_APPLICATION }),
      read('Franchise: ask for the code (the demo takes 246810), then acknowledge what was disclosed.', ACKNOWLEDGE, {
        application: MY_APPLICATION,
        sha256: DISCLOSED,
      }),
    ],
    wang: ({ employees, now }) => [
      read(
        'Franchise: ask for a whole application, and take it up once it is in. The button asks which.',
        [step('qualifyApplication'), step('reviewApplication')].join('\n\n'),
        {
          application: AN_APPLICATION,
        },
      ),
      read('Franchise: invite the applicant.', given('scheduleInterview'), {
        input: { franchiseId: AN_APPLICATION, at: momentOf(now, 2), place: 'Our office' },
      }),
      read('Franchise: send Sun Hao to the site, and name Chen Jie to score it.', given('scheduleSiteVisit'), {
        input: {
          franchiseId: AN_APPLICATION,
          inspectorId: employees.sun,
          at: momentOf(now, 3),
          address: '1 Quay Road',
          scorerIds: [employees.chen],
        },
      }),
      read('Franchise: keep the territory for a month. Who comes too late is told that it is not available, and not by whom.', HOLD, {
        input: { franchiseId: AN_APPLICATION, territoryId: A_TERRITORY, until: dayOf(now, 30) },
      }),
      read('Franchise: call the committee: each member gets a form of the core.', step('callCommittee'), { application: AN_APPLICATION }),
      read('Franchise: start the contract. Before the first lawful day this is refused, with the day.', START, {
        input: {
          franchiseId: AN_APPLICATION,
          title: 'A tea house',
          amount: { amount: 10_000_000, currency: 'CNY' },
          ownName: 'Qinghe Tools',
          startsOn: dayOf(now, 60),
          text: 'You may open a tea house.',
        },
      }),
    ],
    sun: () => [
      read('Franchise: what the site is like.', step('recordSiteVisit', ', findings: "A good corner.", isSuitable: true'), {
        application: AN_APPLICATION,
      }),
    ],
    chen: () => [
      read('Franchise: score it, once.', given('submitScore'), {
        input: { franchiseId: AN_APPLICATION, points: POINTS, note: 'A good corner.' },
      }),
    ],
    lin: () => [
      read('Franchise: decide as a member of the committee.', step('decideCommittee', ', approves: true'), { application: AN_APPLICATION }),
      read('Franchise: disclose what the law wants disclosed: its days begin.', given('sendDisclosure', 'earliestSigningOn'), {
        input: { franchiseId: AN_APPLICATION, text: 'All that you have to know before you sign.' },
      }),
    ],
  },
  fills: {
    [BRAND]: {
      query: '{ franchiseBrands(first: 1) { nodes { id } } }',
      path: ['franchiseBrands', 'nodes', 0, 'id'],
      none: 'There is no brand.',
    },
    [A_TERRITORY]: {
      query: '{ franchiseTerritories(first: 1, where: { country: { equals: "CN" } }) { nodes { id } } }',
      path: ['franchiseTerritories', 'nodes', 0, 'id'],
      none: 'There is no territory.',
    },
    [MY_APPLICATION]: {
      query: '{ myApplications(first: 1) { nodes { id } } }',
      path: ['myApplications', 'nodes', 0, 'id'],
      none: 'I have asked for no franchise yet. Once I have, run this again.',
    },
    [AN_APPLICATION]: {
      query: '{ franchisePipeline(first: 1) { nodes { id } } }',
      path: ['franchisePipeline', 'nodes', 0, 'id'],
      none: 'I see no application yet. Once there is one that I have to do with, run this again.',
    },
    [DISCLOSED]: {
      query: '{ myApplications(first: 1) { nodes { disclosures { sha256 } } } }',
      path: ['myApplications', 'nodes', 0, 'disclosures', 0, 'sha256'],
      none: 'Nothing was disclosed to me yet.',
    },
  },
};
