import { read } from '../story-tab.ts';
import type { AppStory } from './app-story.ts';

const REQUEST = `mutation RequestRepair($input: RequestRepairInput!) {
  requestRepair(input: $input) {
    __typename
    ... on RequestRepairSuccess { repair { id number state asset { name } } }
    ... on UserError { code message path }
  }
}`;
const MINE = `query MyRepairs {
  myRepairs(first: 5) { nodes { id number state problem visits { startsAt endsAt technicianFirstName } viewerCan { signOffWork disputeWork } } }
}`;
const SIGN_OFF = `mutation SignOffWork($repair: ID!) {
  signOffWork(input: { repairId: $repair }) {
    __typename
    ... on SignOffWorkSuccess { repair { state confirmedBy guaranteeUntil } }
    ... on InvalidTransition { state allowed }
  }
}

mutation RateRepair($repair: ID!) {
  rateRepair(input: { repairId: $repair, stars: 5 }) { __typename }
}`;
const TRIAGE = `mutation TriageRepair($input: TriageRepairInput!) {
  triageRepair(input: $input) {
    __typename
    ... on TriageRepairSuccess { repair { state priority dueAt } }
    ... on InvalidTransition { state allowed }
    ... on UserError { code message }
  }
}`;
const GRANT = `mutation GrantDispatch($input: GrantAdminRightInput!) {
  grantAdminRight(input: $input) { __typename ... on UserError { code message } }
}`;
const TECHNICIAN = `mutation SetTechnician($input: SetRepairTechnicianInput!) {
  setRepairTechnician(input: $input) { __typename ... on SetRepairTechnicianSuccess { technician { id firstName } } }
}`;
const SCHEDULE = `mutation ScheduleVisit($input: ScheduleVisitInput!) {
  scheduleVisit(input: $input) {
    __typename
    ... on ScheduleVisitSuccess { visit { id state startsAt endsAt } }
    ... on UserError { code message path }
  }
}`;
const DISPATCH = `mutation DispatchVisit($input: DispatchVisitInput!) {
  dispatchVisit(input: $input) { __typename ... on DispatchVisitSuccess { visit { state } } ... on InvalidTransition { state allowed } }
}`;
const step = (name: string, more = ''): string => `mutation ${name[0]!.toUpperCase()}${name.slice(1)}($visit: ID!) {
  ${name}(input: { visitId: $visit${more} }) { __typename ... on InvalidTransition { state allowed } }
}`;
const VISIT = [
  step('acceptVisit'),
  step('startVisit'),
  step('arriveAtVisit'),
  step('beginVisitWork'),
  step('finishVisit', ', summary: "A new belt."'),
].join('\n\n');

const MY_REPAIR = '<my newest repair>';
const A_REPAIR = '<the newest repair that I see>';
const A_VISIT = '<the visit of the newest repair>';
const A_TECHNICIAN = '<the newest technician>';
const HOUR = 3_600_000;

/** A repair from the window to its guarantee. */
export const repairStory: AppStory = {
  plugin: 'repair',
  title: 'Repair',
  steps: [
    { by: 'hu', does: 'ask for a repair, by what the machine’s sticker says.' },
    { by: 'wang', does: 'triage it: its deadline begins.' },
    { by: 'lin', does: 'let Xu Li plan visits: a right of the app.' },
    { by: 'xu', does: 'name Sun Hao a technician, plan a visit and send him.' },
    { by: 'sun', does: 'go there and do the work, step by step.' },
    { by: 'hu', does: 'sign the work off, and rate it.' },
  ],
  tabs: {
    hu: () => [
      read('Repair: ask for one, by the machine’s sticker.', REQUEST, {
        input: {
          assetQr: 'AC-2024-0117',
          problem: 'The compressor makes a noise.',
          siteName: 'Workshop 3',
          siteContactName: 'Lao Zhou',
          siteContactPhone: '+8613900009999',
        },
      }),
      read('Repair: mine, with the window of the visit and a first name.', MINE),
      read('Repair: sign the work off once it is done, and rate it.', SIGN_OFF, { repair: MY_REPAIR }),
    ],
    wang: () => [
      read('Repair: say how urgent it is. Its deadline begins.', TRIAGE, {
        input: { repairId: A_REPAIR, priority: 'HIGH', inGuarantee: true, area: 'East' },
      }),
    ],
    lin: ({ employees }) => [
      read('Repair: let Xu Li plan visits. Rights of apps are granted like all others.', GRANT, {
        input: { employeeId: employees.xu, right: 'REPAIR_DISPATCH' },
      }),
    ],
    xu: ({ employees, now }) => [
      read('Repair: name Sun Hao a technician.', TECHNICIAN, { input: { employeeId: employees.sun, firstName: 'Hao' } }),
      read('Repair: plan a visit. Two that overlap are refused by the database.', SCHEDULE, {
        input: {
          repairId: A_REPAIR,
          technicianId: A_TECHNICIAN,
          startsAt: new Date(now.getTime() + HOUR).toISOString(),
          endsAt: new Date(now.getTime() + 2 * HOUR).toISOString(),
          zone: 'Asia/Shanghai',
        },
      }),
      read('Repair: send the technician. The customer is told the window.', DISPATCH, { input: { visitId: A_VISIT } }),
    ],
    sun: () => [
      read('Repair: the visit, step by step. The button asks which; each is refused out of its turn.', VISIT, { visit: A_VISIT }),
    ],
  },
  fills: {
    [MY_REPAIR]: {
      query: '{ myRepairs(first: 1) { nodes { id } } }',
      path: ['myRepairs', 'nodes', 0, 'id'],
      none: 'I have asked for no repair yet. Once I have, run this again.',
    },
    [A_REPAIR]: {
      query: '{ repairOrders(first: 1) { nodes { id } } }',
      path: ['repairOrders', 'nodes', 0, 'id'],
      none: 'I see no repair yet. Once one was asked for, run this again.',
    },
    [A_VISIT]: {
      query: '{ repairOrders(first: 1) { nodes { visits { id } } } }',
      path: ['repairOrders', 'nodes', 0, 'visits', 0, 'id'],
      none: 'No visit is planned yet that I see. Once one is, run this again.',
    },
    [A_TECHNICIAN]: {
      query: '{ repairTechnicians(first: 1) { nodes { id } } }',
      path: ['repairTechnicians', 'nodes', 0, 'id'],
      none: 'Nobody is a technician yet. Name one, and run this again.',
    },
  },
};
