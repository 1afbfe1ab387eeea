import contract from '@guichet/plugin-contract';
import { type TestPlugin, type TestSeat, testPlugin } from '@guichet/sdk/testing';
import franchise from '../index.ts';

const name = (mutation: string): string => mutation[0]!.toUpperCase() + mutation.slice(1);
const REFUSED = '... on UserError { code path message } ... on ValidationFailed { issues { code path message } }';
const STATELESS = new Set([
  'applyForFranchise',
  'addFranchiseBrand',
  'setFranchiseCommittee',
  'addFranchiseTerritory',
  'addScoreSheet',
  'drawFranchiseTerritory',
]);
const FACTS: Readonly<Record<string, string>> = {
  applyForFranchise: '... on FranchiseReapplyLater { from }',
  startContract: '... on FranchiseTooEarly { earliestOn }',
};
const OUTSIDE = `id number state releasedReason earliestSigningOn coolingOffUntil reapplyFrom interviewAt hold { until territory { name } }
  profile { version } documents { id kind state remark } openingTasks { id title dueOn doneAt } disclosures { sha256 days acknowledgedAt } deposit { refundDueSince refundedOn }`;
const INSIDE = `${OUTSIDE} score isKnockedOut scoresToCome votesFor votesAgainst innerReason contract { id state }`;
const doing = (mutation: string, more: string): string =>
  `mutation ($input: ${name(mutation)}Input!) { ${mutation}(input: $input) { __typename ${REFUSED} ${FACTS[mutation] ?? ''}
    ${STATELESS.has(mutation) ? '' : '... on InvalidTransition { state allowed }'} ... on ${name(mutation)}Success { ${more} } } }`;
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const SET = 'mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }';
const UPLOAD =
  'mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename ... on CreateUploadSuccess { upload { id url method headers { name value } } } } }';
const INBOX = '{ notifications(first: 100) { nodes { kind text } } }';
const TASKS = '{ myTasks(first: 100) { nodes { id form { id kind } } } }';
const DAY = 86_400_000;
const LOOKED_IN = 20;
export const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
export const CODE = '246810';

const answered = (seat: TestSeat, text: string) => seat.query(text);
/** Whatever is answered. */
export type Loose = Awaited<ReturnType<typeof answered>>;
export interface Wanted {
  readonly applicant?: TestSeat;
  readonly territory?: string;
  /** Another brand than that of the demo. */
  readonly brand?: string;
}
const CRITERIA = ['capital', 'experience', 'location'].map((key) => ({ key, label: key, weight: 1 }));

/** The plugin with the people who bring an application from the first question to the open store. The clock stands until `wait`. */
export class Office {
  now = Date.parse('2026-06-01T02:00:00Z');
  plugin!: TestPlugin;
  brandId!: string;
  readonly territories = new Map<string, string>();
  #keys = 0;

  static async open(): Promise<Office> {
    const office = new Office();
    office.plugin = await testPlugin(franchise, { needs: [contract], now: () => new Date(office.now) });
    const { admin, formsAdmin, scopedAdmin } = office.plugin;
    for (const [seat, right] of [
      [formsAdmin, 'FRANCHISE_VERIFY'],
      [scopedAdmin, 'FRANCHISE_FINANCE'],
      [formsAdmin, 'CONTRACT_LEGAL'],
    ] as const)
      await admin.does(GRANT, { input: { employeeId: seat.id, right } });
    const { franchiseBrands, franchiseTerritories } = await admin.query(
      '{ franchiseBrands { nodes { id version } } franchiseTerritories { nodes { id name } } }',
    );
    office.brandId = franchiseBrands.nodes[0].id;
    for (const { id, name: called } of franchiseTerritories.nodes) office.territories.set(called, id);
    await office.committee('ALL', admin, office.plugin.supervisor);
    await office.strike(); // winds up the clocks
    return office;
  }
  /** Switches the app off or on; the minute passes in which servers remember what it was. */
  async switch(enabled: boolean): Promise<void> {
    await this.plugin.switch(enabled);
    this.now += 61_000;
  }
  close(): Promise<void> {
    return this.plugin.stop();
  }
  async committee(committeeMode: 'ALL' | 'MAJORITY', ...seats: readonly TestSeat[]): Promise<void> {
    const { admin } = this.plugin;
    const { node } = await admin.query('query ($id: ID!) { node(id: $id) { ... on FranchiseBrand { version } } }', { id: this.brandId });
    const input = { brandId: this.brandId, expectedVersion: node.version, committeeMode, memberIds: seats.map(({ id }) => id) };
    await this.does(admin, 'setFranchiseCommittee', input, 'brand { id }');
  }
  /** Another brand, with the same sheet: a person has one application for each. @returns its id */
  async brand(...members: readonly TestSeat[]): Promise<string> {
    const { admin } = this.plugin;
    const deposit = { amount: 2_000_000, currency: 'CNY' };
    const given = {
      name: `Brand ${this.#keys++}`,
      description: 'Tea.',
      deposit,
      committeeMode: 'ALL',
      memberIds: members.map(({ id }) => id),
    };
    const { brand } = await this.does(admin, 'addFranchiseBrand', given, 'brand { id version }');
    const sheet = { brandId: brand.id, expectedVersion: brand.version, criteria: CRITERIA, threshold: 600 };
    await this.does(admin, 'addScoreSheet', sheet, 'sheet { id }');
    return brand.id;
  }
  /** A territory of the brand that nobody has yet. */
  async territory(given: Record<string, unknown> = {}): Promise<string> {
    const input = { brandId: this.brandId, name: `Place ${this.#keys++}`, area: 'A street', country: 'CN', isExclusive: true, ...given };
    return (await this.does(this.plugin.admin, 'addFranchiseTerritory', input, 'territory { id }')).territory.id;
  }
  /** Lets the clocks of the app strike, of what it needs, and that of forms. */
  strike(): Promise<void> {
    const clocks = [...franchise.clocks!, ...contract.clocks!].map(({ name }) => name);
    return this.plugin.strike('forms.keepTime', ...clocks);
  }
  /** Days pass, and everybody looks in now and then: a seat that is not used for a month is signed out. */
  async wait(days: number): Promise<void> {
    const { admin, formsAdmin, scopedAdmin, supervisor, owner, sharee, colleague, customer, unowned, rival } = this.plugin;
    for (let left = days; left > 0; left -= LOOKED_IN) {
      this.now += Math.min(left, LOOKED_IN) * DAY;
      for (const seat of [admin, formsAdmin, scopedAdmin, supervisor, owner, sharee, colleague, customer, unowned, rival])
        await seat.query('{ viewer { id } }');
    }
    await this.strike();
  }
  /** The date so many days from now, at the organization’s place. */
  day(days: number): string {
    return new Date(this.now + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length);
  }
  moment(days: number): string {
    return new Date(this.now + days * DAY).toISOString();
  }
  set(settings: Record<string, unknown>): Promise<unknown> {
    return this.plugin.admin.does(SET, { input: { plugin: 'franchise', settings } });
  }
  isOutside(seat: TestSeat): boolean {
    return [this.plugin.customer, this.plugin.unowned, this.plugin.rival].includes(seat);
  }

  /** @returns whatever the seat is answered to a mutation. */
  async ask(seat: TestSeat, mutation: string, input: object, more = 'application { id }'): Promise<Loose> {
    const { data, errors } = await seat.ask<Loose>(doing(mutation, more), { input });
    return data?.[mutation] ?? { __typename: errors[0]?.extensions.code, message: errors[0]?.message };
  }
  /** What it gives. @throws unless it succeeded */
  async does(seat: TestSeat, mutation: string, input: object, more?: string): Promise<Loose> {
    const payload = await this.ask(seat, mutation, input, more);
    if (!payload.__typename.endsWith('Success')) throw new Error(`${mutation} was refused: ${JSON.stringify(payload)}`);
    return payload;
  }
  async read(id: string, seat: TestSeat = this.plugin.admin, fields?: string): Promise<Loose> {
    const wanted = fields ?? (this.isOutside(seat) ? OUTSIDE : INSIDE);
    return (await seat.query(`query ($id: ID!) { franchiseApplication(id: $id) { ${wanted} } }`, { id })).franchiseApplication;
  }
  async stateOf(id: string): Promise<string> {
    return (await this.read(id, this.plugin.admin, 'state')).state;
  }

  /** @returns the id of a new application. */
  async asked({ applicant = this.plugin.customer, territory, brand: brandId = this.brandId }: Wanted = {}): Promise<string> {
    const territoryId = territory ?? (await this.territory({ brandId }));
    const input = { brandId, territoryId, message: 'I would like one.', idempotencyKey: `apply-${this.#keys++}` };
    return (await this.does(applicant, 'applyForFranchise', input)).application.id;
  }
  /** Sends bytes. @returns the upload’s id */
  async upload(seat: TestSeat, purpose = 'FRANCHISE_DOCUMENT', bytes = PDF): Promise<string> {
    const input = { name: 'licence.pdf', size: bytes.length, mimeType: 'application/pdf', purpose };
    const { upload } = await seat.does(UPLOAD, { input });
    const headers = upload.headers.map((one: { name: string; value: string }) => [one.name, one.value]);
    const sent = await fetch(upload.url, { method: upload.method, headers, body: new Uint8Array(bytes) });
    if (!sent.ok) throw new Error(`The bytes were refused: ${sent.status}`);
    return upload.id;
  }
  /** Kinds of what a seat was told of, without their prefix; newest first. */
  async told(seat: TestSeat): Promise<string[]> {
    const { notifications } = await seat.query(INBOX);
    return notifications.nodes.flatMap(({ kind }: { kind: string }) =>
      kind.startsWith('FRANCHISE_') ? [kind.slice('FRANCHISE_'.length)] : [],
    );
  }
  /** The forms of the committee that a seat has to decide. */
  async ballots(seat: TestSeat): Promise<string[]> {
    const { myTasks } = await seat.query(TASKS);
    return myTasks.nodes.flatMap((one: Loose) => (one.form.kind === 'FRANCHISE_COMMITTEE' ? [one.id] : []));
  }
}
