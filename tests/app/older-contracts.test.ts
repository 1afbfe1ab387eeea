import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import contract from '../../plugins/contract/index.ts';
import { backfill } from '../../src/app/backfills.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
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
