import { afterAll, beforeAll, expect, it } from 'vitest';
import contract from '../../../plugins/contract/index.ts';
import { DEMO_CODE, Desk } from '../../../plugins/contract/tests/desk.ts';
import { masked } from '../../../src/domains/signatures/signing.rules.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestPlugin } from '../../../src/testing/test-plugin.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { asOwner } from '../../rules/rows.fixture.ts';
import { Telephones } from '../accounts/phone-change.fixture.ts';

const GRANT = 'mutation ($input: GrantAdminRightInput!) { grantAdminRight(input: $input) { __typename } }';
const [NEW, LAST] = ['+8613911112222', '+8613933334444'];

let server: TestServer;
let own: TestOrganization;
let telephones: Telephones;
const desk = new Desk();
beforeAll(async () => {
  server = await startTestServer({ plugins: [contract], now: () => new Date(desk.now) });
  own = await server.organization();
  telephones = new Telephones(server);
  desk.plugin = { ...own, url: server.url } as TestPlugin;
  await own.admin.does(GRANT, { input: { employeeId: own.supervisor.id, right: 'CONTRACT_LEGAL' } });
});
afterAll(() => server?.stop());

it('whoever gets another phone in mid-signing signs by that one; the former code is no good, and what was signed keeps its phone', async () => {
  const { customer } = own;
  const former = own.plan.contacts.find(({ key }) => key === 'customer')!.phone;
  const { id: contractId, frozenSha256: versionSha256 } = await desk.sent();
  const asks = () => desk.ask(customer, 'requestSigningCode', { contractId, versionSha256 }, 'phoneMasked');
  const signs = (code: string) => desk.ask(customer, 'signContract', { contractId, versionSha256, code });

  expect(await asks()).toMatchObject({ phoneMasked: masked(former) });
  const old = await telephones.read(former);
  expect(await telephones.changes(customer, NEW)).toMatchObject({ phone: NEW, conflicts: [] });
  for (const code of [old, DEMO_CODE]) expect(await signs(code)).toMatchObject({ __typename: 'SigningCodeRefused' });

  expect(await asks()).toMatchObject({ phoneMasked: masked(NEW) });
  const fresh = await telephones.read(NEW);
  expect(await signs(fresh === old ? '000000' : old)).toMatchObject({ __typename: 'SigningCodeRefused' });
  expect(await signs(fresh)).toMatchObject({ contract: { state: 'PART_SIGNED' } });

  expect(await telephones.changes(customer, LAST)).toMatchObject({ phone: LAST });
  const { signers } = await desk.read(contractId);
  expect(signers[1]).toMatchObject({ state: 'SIGNED', phoneMasked: masked(NEW) });
  expect(await asOwner(server, 'select phone_masked from signature_evidence')).toEqual([{ phone_masked: masked(NEW) }]);
});
