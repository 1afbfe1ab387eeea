import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import contract from '../../plugins/contract/index.ts';
import { backfill } from '../../src/app/backfills.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { asOwner } from '../rules/rows.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [contract] });
  own = await server.organization();
});
afterAll(() => server?.stop());

const DRAFT =
  'mutation ($input: DraftContractInput!) { draftContract(input: $input) { __typename ... on DraftContractSuccess { contract { id } } } }';
const WORK = 'mutation ($input: UpdateContactInput!) { updateContact(input: $input) { __typename } }';
const NAME = 'mutation ($input: AddContractViewerInput!) { addContractViewer(input: $input) { __typename } }';
const ADD = 'mutation ($input: AddContractCounterpartyInput!) { addContractCounterparty(input: $input) { __typename } }';
const END = `mutation ($input: TerminateContractInput!) {
  terminateContract(input: $input) { __typename ... on TerminateContractSuccess { contract { state terminationAskedBy } } } }`;
const VOID =
  'mutation ($input: VoidContractInput!) { voidContract(input: $input) { __typename ... on VoidContractSuccess { contract { state } } } }';
const IDS = 'query ($id: ID!) { contract(id: $id) { viewers { id } furtherCounterparties { id } } }';
const RANDOM = /^.{14}4/;
const NAMES = 'query ($id: ID!) { contract(id: $id) { viewers { name } } }';

describe('who looks on at a contract, named before their names were written down (spec 8.5)', () => {
  it('has the name that the contact has, and an id that tells nobody when', async () => {
    const { admin, owner, customer, unowned, rival } = own;
    const { contact } = await admin.query('query ($id: ID!) { contact(id: $id) { version } }', { id: unowned.id });
    await admin.does(WORK, { input: { contactId: unowned.id, expectedVersion: contact.version, company: 'Riverside' } });
    const parties = { contactId: customer.id, ownName: 'We', counterpartyName: 'They' };
    const terms = { title: 'Saws', kind: 'SALES', amount: { amount: 1, currency: 'CNY' }, startsOn: '2026-06-01', text: 'We deliver.' };
    const { contract: made } = await owner.does(DRAFT, { input: { ...parties, ...terms } });
    await owner.does(NAME, { input: { contractId: made.id, contactId: unowned.id } });
    await owner.does(ADD, { input: { contractId: made.id, contactId: rival.id, legalName: 'Mountain Ltd' } });
    const { contract: named } = await owner.query(IDS, { id: made.id });
    // of no moment: whoever is shown the contract later does not read from them when its parties were named
    expect(decodeGlobalId('ContractViewer', named.viewers[0].id)).toMatch(RANDOM);
    expect(decodeGlobalId('ContractCounterparty', named.furtherCounterparties[0].id)).toMatch(RANDOM);
    await asOwner(server, `update plg_contract.viewers set name = ''`);
    expect(await owner.query(NAMES, { id: made.id })).toEqual({ contract: { viewers: [{ name: '' }] } });
    await backfill(server.runtime);
    expect(await owner.query(NAMES, { id: made.id })).toEqual({ contract: { viewers: [{ name: 'The unowned' }] } });
  });
});

describe('what was asked of a contract before each party’s word was kept (spec 8.5)', () => {
  const drafted = async (title: string): Promise<string> => {
    const parties = { contactId: own.customer.id, ownName: 'We', counterpartyName: 'They' };
    const terms = { title, kind: 'SALES', amount: { amount: 1, currency: 'CNY' }, startsOn: '2026-06-01', text: 'We deliver.' };
    return (await own.owner.does(DRAFT, { input: { ...parties, ...terms } })).contract.id;
  };
  const ends = async (seat: TestSeat, contractId: string) =>
    (await seat.does(END, { input: { contractId, endsOn: '2099-01-01', reason: 'We move.' } })).contract;

  it('is done when the other party agrees; of several counterparties nobody knows who has asked', async () => {
    const { owner, customer, rival } = own;
    const [ending, voiding, several] = await Promise.all(['Ending', 'Voiding', 'Several'].map(drafted));
    await owner.does(ADD, { input: { contractId: several, contactId: rival.id, legalName: 'Mountain Ltd' } });
    const active = `state = 'ACTIVE', ends_early_on = '2099-01-01', shared_at = now()`;
    await asOwner(
      server,
      `update plg_contract.contracts set ${active}, termination_asked_by = 'OWN' where title = 'Ending';
       update plg_contract.contracts set ${active}, termination_asked_by = 'COUNTERPARTY' where title = 'Several';
       update plg_contract.contracts set state = 'PART_SIGNED', round = 1, shared_at = now(), void_asked_by = 'COUNTERPARTY' where title = 'Voiding';
       insert into plg_contract.signers (organization_id, id, contract_id, round, position, side, seat_id, name, role, state)
       select organization_id, gen_random_uuid(), id, 1, 1, 'OWN', drafter_id, 'Qin Lan', 'Director', 'SIGNED'
       from plg_contract.contracts where title = 'Voiding'`,
    );
    await backfill(server.runtime);
    await backfill(server.runtime); // servers look again every hour
    expect(await ends(customer, ending!)).toEqual({ state: 'ACTIVE', terminationAskedBy: null });
    expect(await owner.does(VOID, { input: { contractId: voiding, reason: 'No.' } })).toMatchObject({ contract: { state: 'VOIDED' } });
    for (const seat of [owner, rival]) expect(await ends(seat, several!)).toEqual({ state: 'ACTIVE', terminationAskedBy: 'COUNTERPARTY' });
    expect(await ends(customer, several!)).toEqual({ state: 'ACTIVE', terminationAskedBy: null });
  });
});
