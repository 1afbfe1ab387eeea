import { type TestPlugin, type TestSeat, testPlugin } from '@guichet/sdk/testing';
import contract from '../index.ts';

const CONTRACT = `id number state version isApproved frozenSha256 reason endsOn endsEarlyOn terminationAskedBy voidAskedBy
  currentVersion { id position text sha256 sharedAt } signers { id name side state position onBehalfOf sha256 method phoneMasked evidenceId signedAt }`;
const REFUSED = `... on UserError { code path } ... on ValidationFailed { issues { code path } }`;
const STATELESS = new Set([
  'draftContract',
  'commentOnContract',
  'commentOnSharedContract',
  'addContractObligation',
  'completeContractObligation',
  'verifyContractFile',
  'addContractViewer',
  'removeContractViewer',
]);
const CLOSED = '... on InvalidTransition { state allowed }';
const name = (mutation: string): string => mutation[0]!.toUpperCase() + mutation.slice(1);
/** A mutation that answers the contract; `more` of its success. */
const doing = (mutation: string, more = `contract { ${CONTRACT} }`): string =>
  `mutation ($input: ${name(mutation)}Input!) { ${mutation}(input: $input) { __typename ${REFUSED} ${STATELESS.has(mutation) ? '' : CLOSED} ... on ${name(mutation)}Success { ${more} } } }`;
const CHANGED = '... on ContractChanged { current { id } changes { kind text } }';
const OF_PORTAL = CONTRACT.replace('version isApproved', '').replace('evidenceId ', '').replace('id position text', 'id text');
/** What a contact may ask for in answer to its own mutations. */
const OUTSIDE = `contract { ${OF_PORTAL} }`;
const TASKS = '{ myTasks(first: 100) { nodes { id form { id } } } }';
const DECIDE = (what: string) =>
  `mutation ($input: ${name(what)}FormTaskInput!) { ${what}FormTask(input: $input) { __typename ... on UserError { code } } }`;
const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const SET = 'mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }';
const MOVE = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename } }';
const INBOX = '{ notifications(first: 100) { nodes { kind text } } }';
const DAY = 86_400_000;

export const TEXT = 'We deliver saws.\nYou pay 10 yuan.\nSigned below.';
export const DEMO_CODE = '246810';

const answered = (seat: TestSeat, text: string) => seat.query(text);
/** Whatever is answered. */
export type Loose = Awaited<ReturnType<typeof answered>>;

/** The plugin with people who draft, review and sign: what they do, in a word. The clock stands until `wait`. */
export class Desk {
  now = Date.parse('2026-06-01T02:00:00Z');
  plugin!: TestPlugin;
  /** Contacts who sign for the customer, beside it. */
  beside: () => readonly TestSeat[] = () => [];
  /** Contacts with whom contracts are made beside the customer. */
  further: () => readonly TestSeat[] = () => [];
  #keys = 0;

  static async open(): Promise<Desk> {
    const desk = new Desk();
    desk.plugin = await testPlugin(contract, { now: () => new Date(desk.now) });
    const { admin, supervisor, sharee } = desk.plugin;
    for (const [seat, right] of [
      [supervisor, 'CONTRACT_LEGAL'],
      [sharee, 'CONTRACT_FINANCE'],
    ] as const)
      await admin.does(GRANT, { input: { employeeId: seat.id, right } });
    await desk.strike(); // winds up the clocks
    return desk;
  }
  /** Switches the app off or on; the minute passes in which servers remember what it was. */
  async switch(enabled: boolean): Promise<void> {
    await this.plugin.switch(enabled);
    this.now += 61_000;
  }
  close(): Promise<void> {
    return this.plugin.stop();
  }
  /** Lets the clocks of the app strike, and that of forms. */
  strike(): Promise<void> {
    return this.plugin.strike('forms.keepTime', ...contract.clocks!.map(({ name }) => name));
  }
  async wait(days: number): Promise<void> {
    this.now += days * DAY;
    await this.strike();
  }
  /** The date so many days from now, at the organization’s place. */
  day(days: number): string {
    return new Date(this.now + days * DAY).toISOString().slice(0, 'yyyy-mm-dd'.length);
  }
  set(settings: Record<string, unknown>): Promise<unknown> {
    return this.plugin.admin.does(SET, { input: { plugin: 'contract', settings } });
  }

  /** A contact comes to another company; the customer is of Riverside. */
  async moveTo({ id: contactId }: TestSeat, company: string): Promise<void> {
    const { admin } = this.plugin;
    const { contact } = await admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id: contactId });
    await admin.does(MOVE, { input: { contactId, expectedVersion: contact.version, company } });
  }

  /** @returns whatever the seat is answered to a mutation of a contract. */
  async ask(seat: TestSeat, mutation: string, input: object, more?: string): Promise<Loose> {
    const isOutside = [this.plugin.customer, this.plugin.unowned, this.plugin.rival].includes(seat);
    const selection = more ?? (isOutside ? OUTSIDE : undefined);
    const document =
      mutation === 'signContract' || mutation === 'requestSigningCode'
        ? doing(mutation, selection).replace(REFUSED, `${REFUSED} ${CHANGED}`)
        : doing(mutation, selection);
    const { data, errors } = await seat.ask<Loose>(document, { input });
    return data?.[mutation] ?? { __typename: errors[0]?.extensions.code, message: errors[0]?.message };
  }
  /** The contract, or whatever else a mutation gives. @throws unless it succeeded */
  async does(seat: TestSeat, mutation: string, input: object, more?: string): Promise<Loose> {
    const payload = await this.ask(seat, mutation, input, more);
    if (!payload.__typename.endsWith('Success')) throw new Error(`${mutation} was refused: ${JSON.stringify(payload)}`);
    return payload.contract ?? payload;
  }
  async read(contractId: string, seat: TestSeat = this.plugin.owner): Promise<Loose> {
    const isInside = seat !== this.plugin.customer && seat !== this.plugin.unowned && seat !== this.plugin.rival;
    return (await seat.query(`query ($id: ID!) { contract(id: $id) { ${isInside ? CONTRACT : OF_PORTAL} } }`, { id: contractId })).contract;
  }

  async draft(given: Record<string, unknown> = {}, drafter: TestSeat = this.plugin.owner): Promise<Loose> {
    const { customer } = this.plugin;
    const made = await this.does(drafter, 'draftContract', {
      ...{ contactId: customer.id, title: 'Saws', kind: 'SALES', amount: { amount: 1_000_00, currency: 'CNY' } },
      ...{ startsOn: this.day(9), endsOn: this.day(40), noticeDays: 5, ownName: 'Test Works', counterpartyName: 'Customer Ltd' },
      ...(given.templateId ? {} : { text: TEXT }),
      idempotencyKey: `draft-${this.#keys++}`,
      ...given,
    });
    for (const { id: contactId, name: called } of this.further())
      await this.does(drafter, 'addContractCounterparty', { contractId: made.id, contactId, legalName: `${called} Ltd` });
    return made;
  }
  async tasks(seat: TestSeat): Promise<{ id: string; form: { id: string } }[]> {
    return (await seat.query(TASKS)).myTasks.nodes;
  }
  /** Decides the newest task that a seat has. */
  async decide(seat: TestSeat, what: 'approve' | 'reject' | 'return'): Promise<void> {
    const [task] = await this.tasks(seat);
    await seat.does(DECIDE(what), {
      input: { taskId: task!.id, ...{ approve: {}, reject: { comment: 'Not so.' }, return: { to: 'SUBMITTER', reason: 'Not so.' } }[what] },
    });
  }
  async approved(given: Record<string, unknown> = {}): Promise<Loose> {
    const { id } = await this.draft(given);
    await this.review(id);
    return this.read(id);
  }
  async review(contractId: string): Promise<void> {
    await this.does(this.plugin.owner, 'requestContractReview', { contractId });
    await this.decide(this.plugin.supervisor, 'approve');
  }
  async frozen(given: Record<string, unknown> = {}): Promise<Loose> {
    const { id } = await this.approved(given);
    return this.does(this.plugin.owner, 'freezeContract', { contractId: id });
  }
  /** As somebody who signs and is no side reads it: what only the sides know is left out. */
  async readAsSigner(contractId: string, seat: TestSeat): Promise<Loose> {
    const asked = `query ($id: ID!) { contract(id: $id) { number state frozenSha256 currentVersion { text } signers { name state } } }`;
    return (await seat.query(asked, { id: contractId })).contract;
  }
  /** Sent to the owner and the customer. */
  async sent(order: 'IN_ORDER' | 'ANY' = 'ANY', given: Record<string, unknown> = {}): Promise<Loose> {
    const { id } = await this.frozen(given);
    return this.send(id, order);
  }
  send(contractId: string, order: 'IN_ORDER' | 'ANY' = 'ANY', days = 7): Promise<Loose> {
    const { owner, customer } = this.plugin;
    const signers = [
      { employeeId: owner.id, name: 'Ms Owner', role: 'Director' },
      { contactId: customer.id, name: 'Mr Customer', role: 'Buyer' },
      ...[...this.further(), ...this.beside()].map(({ id, name: called }) => ({ contactId: id, name: called, role: 'Director' })),
    ];
    const expiresAt = new Date(this.now + days * DAY).toISOString();
    return this.does(owner, 'sendContractForSigning', { contractId, signers, order, expiresAt });
  }
  /** @returns whatever is answered to signing, with a code that was asked for */
  async signs(seat: TestSeat, contractId: string, versionSha256?: string): Promise<Loose> {
    const sha = versionSha256 ?? (await this.read(contractId)).frozenSha256;
    const code = await this.ask(seat, 'requestSigningCode', { contractId, versionSha256: sha });
    if (!code.__typename.endsWith('Success')) return code;
    return this.ask(seat, 'signContract', { contractId, versionSha256: sha, code: DEMO_CODE });
  }
  /** Signed by both. */
  async signed(given: Record<string, unknown> = {}): Promise<Loose> {
    const { id } = await this.sent('ANY', given);
    for (const seat of [this.plugin.owner, this.plugin.customer, ...this.further(), ...this.beside()]) {
      const answer = await this.signs(seat, id);
      if (!answer.__typename.endsWith('Success')) throw new Error(`${seat.name} could not sign: ${JSON.stringify(answer)}`);
    }
    return this.read(id);
  }
  async active(given: Record<string, unknown> = {}): Promise<Loose> {
    const { id } = await this.signed({ startsOn: this.day(0), ...given });
    await this.wait(1);
    return this.read(id);
  }
  /** Kinds of what a seat was told of, without their prefix; newest first. */
  async told(seat: TestSeat): Promise<string[]> {
    const { notifications } = await seat.query(INBOX);
    return notifications.nodes.flatMap(({ kind }: { kind: string }) =>
      kind.startsWith('CONTRACT_') ? [kind.slice('CONTRACT_'.length)] : [],
    );
  }
}
