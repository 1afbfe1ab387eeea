import type { TestSeat } from '@guichet/sdk/testing';
import type { FranchiseState } from '../application.moves.ts';
import { CODE, type Loose, type Office, type Wanted } from './office.ts';

/** Points for each criterion of the demo’s sheet. */
export const points = (all = 8) => ['capital', 'experience', 'location'].map((criterion) => ({ criterion, points: all }));
/** What a contract says that nobody else is asked about. */
export const terms = (office: Office) => ({
  title: 'A tea house',
  amount: { amount: 1_000_00, currency: 'CNY' },
  ownName: 'Test Works',
  startsOn: office.day(400),
  text: 'You may open a tea house.',
});

/** The straight way of an application, step by step. */
export class Journey {
  readonly office: Office;
  readonly id: string;
  readonly applicant: TestSeat;
  constructor(office: Office, id: string, applicant: TestSeat) {
    this.office = office;
    this.id = id;
    this.applicant = applicant;
  }
  static async begin(office: Office, wanted: Wanted = {}): Promise<Journey> {
    return new Journey(office, await office.asked(wanted), wanted.applicant ?? office.plugin.customer);
  }
  /** Whoever answers for the applicant; the admin, where nobody does. */
  get recruiter(): TestSeat {
    const { owner, colleague, admin, customer, rival } = this.office.plugin;
    return this.applicant === customer ? owner : this.applicant === rival ? colleague : admin;
  }
  does(seat: TestSeat, mutation: string, input: object = {}, more?: string): Promise<Loose> {
    return this.office.does(seat, mutation, { franchiseId: this.id, ...input }, more);
  }
  ask(seat: TestSeat, mutation: string, input: object = {}, more?: string): Promise<Loose> {
    return this.office.ask(seat, mutation, { franchiseId: this.id, ...input }, more);
  }
  read(seat?: TestSeat): Promise<Loose> {
    return this.office.read(this.id, seat);
  }

  async qualify(): Promise<void> {
    await this.does(this.recruiter, 'qualifyApplication');
  }
  async submit(): Promise<void> {
    const { profile } = await this.read(this.applicant);
    const means = { capital: { amount: 50_000_000, currency: 'CNY' }, experience: 'Ten years of tea.', legalName: 'Chen Wei' };
    await this.does(this.applicant, 'saveStage', { expectedVersion: profile.version, ...means });
    await this.does(this.applicant, 'submitStage');
  }
  review(): Promise<Loose> {
    return this.does(this.recruiter, 'reviewApplication');
  }
  async askDocument(kind = 'Licence'): Promise<string> {
    await this.does(this.recruiter, 'requestDocuments', { documents: [{ kind, dueOn: this.office.day(10) }] });
    const { documents } = await this.read(this.applicant);
    return documents[0].id;
  }
  async sendDocument(documentId: string, more: object = {}): Promise<void> {
    await this.does(this.applicant, 'uploadDocument', { documentId, uploadId: await this.office.upload(this.applicant), ...more });
  }
  verify(documentId: string, more: object = { accept: true }): Promise<Loose> {
    return this.does(this.office.plugin.formsAdmin, 'verifyDocument', { documentId, ...more });
  }
  interview(): Promise<Loose> {
    return this.does(this.recruiter, 'scheduleInterview', { at: this.office.moment(2), place: 'The office' });
  }
  siteCheck(...scorers: readonly TestSeat[]): Promise<Loose> {
    const { sharee, colleague } = this.office.plugin;
    const scorerIds = (scorers.length ? scorers : [this.recruiter === colleague ? sharee : colleague]).map(({ id }) => id);
    return this.does(this.recruiter, 'scheduleSiteVisit', {
      ...{ inspectorId: sharee.id, at: this.office.moment(3), address: '1 Quay Road', scorerIds },
    });
  }
  visited(): Promise<Loose> {
    return this.does(this.office.plugin.sharee, 'recordSiteVisit', { findings: 'A good corner.', isSuitable: true });
  }
  async scored(): Promise<void> {
    const { sharee, colleague } = this.office.plugin;
    await this.does(this.recruiter === colleague ? sharee : colleague, 'submitScore', { points: points() });
  }
  callCommittee(): Promise<Loose> {
    return this.does(this.recruiter, 'callCommittee');
  }
  async agreed(...members: readonly TestSeat[]): Promise<void> {
    const { admin, supervisor } = this.office.plugin;
    const asked = members.length ? members : [admin, supervisor].filter((one) => one !== this.recruiter);
    for (const member of asked) await this.does(member, 'decideCommittee', { approves: true });
  }
  deposit(): Promise<Loose> {
    const amount = { amount: 2_000_000, currency: 'CNY' };
    return this.does(this.office.plugin.scopedAdmin, 'recordDeposit', { amount, receivedOn: this.office.day(0), reference: 'B-1' });
  }
  disclose(more: object = {}): Promise<Loose> {
    return this.does(this.office.plugin.admin, 'sendDisclosure', { text: 'All that you have to know.', ...more });
  }
  async acknowledge(): Promise<void> {
    const { disclosures } = await this.read(this.applicant);
    const { sha256 } = disclosures[0];
    await this.does(this.applicant, 'requestDisclosureCode', { sha256 });
    await this.does(this.applicant, 'acknowledgeDisclosure', { sha256, code: CODE });
  }
  contract(): Promise<Loose> {
    return this.does(this.recruiter, 'startContract', terms(this.office));
  }
  /** In the app of contracts: reviewed, shared, frozen, sent; its own where no amendment is named. @returns id and hash of the contract */
  async toBeSigned(amendmentId?: string): Promise<{ contractId: string; versionSha256: string }> {
    const { formsAdmin } = this.office.plugin;
    const contractId = amendmentId ?? (await this.office.read(this.id, this.recruiter)).contract.id;
    const run = (seat: TestSeat, mutation: string, input: object, more = 'contract { id frozenSha256 }') =>
      this.office.does(seat, mutation, { contractId, ...input }, more);
    await run(this.recruiter, 'requestContractReview', {});
    const { myTasks } = await formsAdmin.query('{ myTasks(first: 1) { nodes { id } } }');
    await formsAdmin.does('mutation ($input: ApproveFormTaskInput!) { approveFormTask(input: $input) { __typename } }', {
      input: { taskId: myTasks.nodes[0].id },
    });
    await run(this.recruiter, 'shareContract', {});
    const { contract } = await run(this.recruiter, 'freezeContract', {});
    const signers = [
      { employeeId: this.recruiter.id, name: 'Ms Owner', role: 'Director' },
      { contactId: this.applicant.id, name: 'Chen Wei', role: 'Franchisee' },
    ];
    await run(this.recruiter, 'sendContractForSigning', { signers, order: 'ANY', expiresAt: this.office.moment(60) });
    return { contractId, versionSha256: contract.frozenSha256 };
  }
  async signed(): Promise<void> {
    const given = await this.toBeSigned();
    for (const seat of [this.recruiter, this.applicant]) {
      await this.office.does(seat, 'requestSigningCode', given, 'contract { id }');
      await this.office.does(seat, 'signContract', { ...given, code: CODE }, 'contract { id }');
    }
  }
  async opened(): Promise<void> {
    const { openingTasks } = await this.read();
    for (const { id } of openingTasks) await this.does(this.recruiter, 'completeOpeningTask', { openingTaskId: id });
  }
}

type Step = readonly [FranchiseState, (journey: Journey) => Promise<unknown>];
/** What brings an application on to each state, in their order. */
const STEPS: readonly Step[] = [
  ['QUALIFIED', (one) => one.qualify()],
  ['APPLIED', (one) => one.submit()],
  ['UNDER_REVIEW', (one) => one.review()],
  ['INTERVIEW', (one) => one.interview()],
  [
    'SITE_CHECK',
    async (one) => {
      await one.siteCheck();
      await one.visited();
    },
  ],
  ['SCORED', (one) => one.scored()],
  ['COMMITTEE', (one) => one.callCommittee()],
  ['PROVISIONAL', (one) => one.agreed()],
  ['DISCLOSED', (one) => one.disclose({ isRenewal: true })],
  ['DISCLOSURE_ACKNOWLEDGED', (one) => one.acknowledge()],
  [
    'CONTRACTING',
    async (one) => {
      await one.deposit();
      await one.contract();
    },
  ],
  ['COOLING_OFF', (one) => one.signed()],
  ['OPENING', (one) => one.office.wait(8)],
  ['OPEN', (one) => one.opened()],
];
/** An application that stands in a state of the straight way; a renewal, which waits for nothing. */
export async function reached(office: Office, state: FranchiseState, wanted?: Wanted): Promise<Journey> {
  const journey = await Journey.begin(office, wanted);
  if (state === 'INQUIRY') return journey;
  for (const [next, step] of STEPS) {
    await step(journey);
    if (next === state) return journey;
  }
  throw new Error(`${state} is not on the straight way.`);
}
