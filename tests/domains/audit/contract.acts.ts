import type { TestOrganization } from '../../../src/testing/test-organization.ts';

type Ids = Record<string, string>;
/** One mutation that is done once; as the cases of `audit-acts.test.ts`. */
export interface ContractCase {
  readonly act: string;
  readonly by: 'owner' | 'customer' | 'admin';
  input(): Promise<Record<string, unknown>>;
  readonly makes?: readonly string[];
  readonly objects: readonly string[];
  readonly paths: readonly string[];
}
interface Asked {
  readonly ids: Ids;
  own(): TestOrganization;
  /** Asks past the API. */
  set(text: string): Promise<unknown>;
}
const SHA = '0'.repeat(64);
const CONTRACT = 'query ($id: ID!) { contract(id: $id) { version currentVersion { sha256 } signers { id name } } }';

/** Every mutation of contracts, each of a contract that is brought into the state that it needs. */
export function contractActs({ ids, own, set }: Asked): ContractCase[] {
  const inState = async (state: string, more = ''): Promise<Record<string, unknown>> => {
    await set(`update plg_contract.contracts set state = '${state}'${more}`);
    return { contractId: ids.contract! };
  };
  const read = async () => (await own().owner.query(CONTRACT, { id: ids.contract! })).contract;
  const signerCalled = async (name: string): Promise<string> =>
    (await read()).signers.find((one: { name: string }) => one.name === name).id;
  const one = (
    act: string,
    state: string,
    rest: Partial<Omit<ContractCase, 'input'>> & { readonly more?: string; given?(): object | Promise<object> },
  ): ContractCase => ({
    by: 'owner',
    objects: ['contract'],
    paths: [],
    ...rest,
    act,
    input: async () => ({ ...(await inState(state, rest.more)), ...(await rest.given?.()) }),
  });
  const frozen = `, frozen_sha256 = '${SHA}', signing_expires_at = '2099-01-01'`;
  const signing = { more: frozen, given: () => ({ versionSha256: SHA }) };
  return [
    {
      act: 'addContractTemplate',
      by: 'admin',
      input: async () => ({ name: 'Rent', kind: 'RENT', clauses: [{ heading: 'Rent', text: 'You pay.' }] }),
      makes: ['template'],
      objects: ['template'],
      paths: ['name', 'kind', 'clauses.0.heading', 'clauses.0.text'],
    },
    {
      act: 'draftContract',
      by: 'owner',
      input: async () => {
        const rest = { startsOn: '2026-06-01', ownName: 'We', counterpartyName: 'They', text: 'We deliver.' };
        return { contactId: ids.customer!, title: 'Saws', kind: 'SALES', amount: { amount: 1, currency: 'CNY' }, ...rest };
      },
      makes: ['contract'],
      objects: ['customer', 'contract'],
      paths: ['title', 'kind', 'amount.amount', 'amount.currency', 'startsOn', 'ownName', 'counterpartyName', 'text'],
    },
    one('commentOnContract', 'DRAFT', {
      given: () => ({ text: 'So.' }),
      makes: ['comment'],
      objects: ['contract', 'comment'],
      paths: ['text'],
    }),
    one('addContractViewer', 'DRAFT', { given: () => ({ contactId: ids.unowned }), objects: ['contract', 'unowned'] }),
    one('removeContractViewer', 'DRAFT', { given: () => ({ contactId: ids.unowned }), objects: ['contract', 'unowned'] }),
    one('addContractCounterparty', 'DRAFT', {
      given: () => ({ contactId: ids.unowned, legalName: 'Mountain Ltd' }),
      makes: ['counterparty'],
      objects: ['contract', 'unowned', 'counterparty'],
      paths: ['legalName'],
    }),
    one('removeContractCounterparty', 'DRAFT', {
      given: () => ({ counterpartyId: ids.counterparty }),
      objects: ['contract', 'counterparty'],
    }),
    one('addContractVersion', 'DRAFT', {
      given: async () => ({ expectedVersion: (await read()).version, text: 'We deliver more.' }),
      makes: ['contractVersion'],
      objects: ['contract', 'contractVersion'],
      paths: ['expectedVersion', 'text'],
    }),
    one('requestContractReview', 'DRAFT', { makes: ['review'], objects: ['contract', 'review'] }),
    one('shareContract', 'NEGOTIATION', { objects: ['contract', 'contractVersion'] }),
    one('commentOnSharedContract', 'NEGOTIATION', {
      given: () => ({ text: 'So.' }),
      makes: ['comment'],
      objects: ['contract', 'comment'],
      paths: ['text'],
    }),
    one('proposeContractEdit', 'NEGOTIATION', {
      by: 'customer',
      given: () => ({ text: 'So.', proposedText: 'Less.' }),
      makes: ['comment'],
      objects: ['contract', 'comment'],
      paths: ['text', 'proposedText'],
    }),
    one('freezeContract', 'NEGOTIATION', { more: ', approved_version_id = current_version_id' }),
    one('sendContractForSigning', 'APPROVED_TO_SIGN', {
      given: () => {
        ids.drafter = own().owner.id;
        const signers = [
          { employeeId: ids.drafter, name: 'Qin', role: 'Director' },
          { employeeId: ids.sharee, name: 'Fang', role: 'Clerk' },
          { contactId: ids.customer, name: 'He', role: 'Buyer' },
        ];
        return { signers, order: 'ANY', expiresAt: '2099-01-01T00:00:00Z' };
      },
      objects: ['contract', 'drafter', 'sharee', 'customer'],
      paths: [...[0, 1, 2].flatMap((i) => [`signers.${i}.name`, `signers.${i}.role`]), 'order', 'expiresAt'],
    }),
    one('delegateContractSignature', 'SIGNING', {
      given: async () => {
        ids.signer = await signerCalled('Fang');
        return { signerId: ids.signer, to: { employeeId: ids.colleague, name: 'Lin', role: 'Clerk' } };
      },
      objects: ['contract', 'signer', 'colleague'],
      paths: ['to.name', 'to.role'],
    }),
    one('requestSigningCode', 'SIGNING', { ...signing, paths: ['versionSha256'] }),
    one('signContract', 'SIGNING', {
      ...signing,
      given: () => ({ versionSha256: SHA, code: '246810' }),
      makes: ['signer'],
      objects: ['contract', 'signer'],
      paths: ['versionSha256', 'code'],
    }),
    one('recordPaperSignature', 'PART_SIGNED', {
      more: frozen,
      given: async () => {
        ids.signer = await signerCalled('Lin');
        return { signerId: ids.signer };
      },
      objects: ['contract', 'signer'],
    }),
    { act: 'verifyContractFile', by: 'owner', input: async () => ({ uploadId: ids.paper! }), objects: ['paper'], paths: [] },
    one('extendSigning', 'PART_SIGNED', { given: () => ({ expiresAt: '2099-02-01T00:00:00Z' }), paths: ['expiresAt'] }),
    one('declineContract', 'PART_SIGNED', { by: 'customer', given: () => ({ reason: 'So.' }), paths: ['reason'] }),
    one('voidContract', 'DECLINED', { given: () => ({ reason: 'So.' }), paths: ['reason'] }),
    one('addContractObligation', 'ACTIVE', {
      given: () => ({ title: 'Pay', side: 'OWN', dueOn: '2026-07-01' }),
      makes: ['obligation'],
      objects: ['contract', 'obligation'],
      paths: ['title', 'side', 'dueOn'],
    }),
    one('completeContractObligation', 'ACTIVE', { given: () => ({ obligationId: ids.obligation }), objects: ['contract', 'obligation'] }),
    one('terminateContract', 'ACTIVE', { given: () => ({ endsOn: '2099-01-01', reason: 'So.' }), paths: ['endsOn', 'reason'] }),
    one('amendContract', 'ACTIVE', {
      given: () => {
        ids.amended = ids.contract!;
        return { title: 'More saws', text: 'We deliver more.' };
      },
      makes: ['contract'],
      objects: ['amended', 'contract'],
      paths: ['title', 'text'],
    }),
  ];
}
