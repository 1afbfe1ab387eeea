import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';

/** One mutation that is done once; as the cases of `audit-acts.test.ts`. */
interface CreditCase {
  readonly act: string;
  readonly by: 'admin' | 'customer' | 'unowned';
  input(): Promise<Record<string, unknown>> | Record<string, unknown>;
  readonly makes?: readonly string[];
  readonly objects: readonly string[];
  readonly paths: readonly string[];
}
interface Asked {
  readonly ids: Record<string, string>;
  own(): TestOrganization;
  /** Asks past the API. */
  set(text: string): Promise<unknown>;
}

/** What a company may owe, and what is approved in it: the one whom nobody answers for is of the customer's company by then. */
export function creditActs({ ids, own, set }: Asked): CreditCase[] {
  const waiting = async (given: object = {}) => {
    await set(`update plg_ordering.order_requests set state = 'WAITING'`);
    return { requestId: ids.request, ...given };
  };
  return [
    {
      act: 'setCreditLine',
      by: 'admin',
      input: async () => {
        const read = 'query ($id: ID!) { contact(id: $id) { company { id } } }';
        ids.company = (await own().admin.query(read, { id: own().customer.id })).contact.company.id;
        const [mine, theirs] = [own().customer, own().unowned].map(({ id }) => decodeGlobalId('Contact', id));
        await set(`update contacts set company_id = (select company_id from contacts where id = '${mine}') where id = '${theirs}'`);
        return { companyId: ids.company, currency: 'EUR', expectedVersion: 0, limit: 5 };
      },
      makes: ['account'],
      objects: ['company', 'account'],
      paths: ['currency', 'expectedVersion', 'limit'],
    },
    {
      act: 'setOrderingBuyer',
      by: 'admin',
      input: () => ({ contactId: own().unowned.id, role: 'APPROVER' }),
      makes: ['buyer'],
      objects: ['buyer'], // the same row as the contact: one entry names it once
      paths: ['role'],
    },
    {
      act: 'requestOrderApproval',
      by: 'customer',
      input: () => ({ lines: [{ productId: ids.product, quantity: 1 }] }),
      makes: ['request'],
      objects: ['product', 'request'],
      paths: ['lines.0.quantity'],
    },
    {
      act: 'requestCustomerApproval',
      by: 'admin',
      input: () => ({ contactId: ids.customer, lines: [{ productId: ids.product, quantity: 1 }] }),
      objects: ['product', 'customer'],
      paths: ['lines.0.quantity'],
    },
    { act: 'approveOrderRequest', by: 'unowned', input: () => ({ requestId: ids.request }), objects: ['request'], paths: [] },
    { act: 'refuseOrderRequest', by: 'unowned', input: () => waiting({ reason: 'Next year.' }), objects: ['request'], paths: ['reason'] },
    { act: 'takeBackOrderRequest', by: 'customer', input: () => waiting(), objects: ['request', 'cart'], paths: [] },
  ];
}
