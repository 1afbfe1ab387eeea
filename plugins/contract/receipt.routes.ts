import { httpRoutes, notFound, type PluginRoute, register, type UseCase } from '@guichet/sdk';
import { Contract, Signer } from './contract.entity.ts';
import { contract } from './permissions.ts';
import { type Receipt, receiptText } from './receipt.rules.ts';
import { counterpartiesOf } from './telling.ts';
import { SIGNED } from './verifying.service.ts';

/** The receipt of what all have signed, as a file for whoever reads the contract, of both sides. */
const receipt: PluginRoute = {
  method: 'GET',
  path: 'receipt',
  rule: contract.read,
  description: 'Who has signed the contract with `?number=`, what, and when: a text, in the language of whoever asks.',
  run: async (use, { query }) => {
    const found = await receiptOf(use, query.get('number') ?? '');
    return {
      body: receiptText(found, use.language),
      type: 'text/plain; charset=utf-8',
      headers: { 'Content-Disposition': `attachment; filename="${found.number}.txt"`, 'Cache-Control': 'no-store' },
    };
  },
};
export const receiptRoutes = [register(httpRoutes, receipt)];

/** @throws NotFound for what the seat does not read, and for what is not signed by all */
async function receiptOf(use: UseCase, number: string): Promise<Receipt> {
  const row = await use.em.findOne(Contract, { number });
  const isTheirs = row !== null && (await use.may('Contract', row.id, contract.read));
  if (!isTheirs || !SIGNED.has(row.state) || !row.frozenSha256) throw notFound({}, ['number']);
  const all = await use.em.find(Signer, { contractId: row.id, round: row.round, state: 'SIGNED' }, { orderBy: { position: 'asc' } });
  const { title, ownName, counterpartyName, frozenSha256: sha256 } = row;
  const further = await counterpartiesOf(use, row.id);
  const outside = (of: string | null | undefined): string => further.find(({ id }) => id === of)?.legalName ?? counterpartyName;
  const tellsPhone = (one: { side: string; seatId: string }): boolean =>
    use.seat.kind === 'EMPLOYEE' || further.length === 0 || one.side === 'OWN' || one.seatId === use.seat.id;
  const signatures = all.map((one) => ({
    ...{ name: one.name, role: one.role, onBehalfOf: one.onBehalfOf ?? null },
    party: one.side === 'OWN' ? ownName : outside(one.counterpartyId),
    phoneMasked: tellsPhone(one) ? (one.phoneMasked ?? null) : null,
    ...{ signedAt: one.signedAt as Date, method: one.method as 'PHONE_CODE' | 'PAPER' },
  }));
  return { number, title, ownName, counterpartyNames: [counterpartyName, ...further.map((of) => of.legalName)], sha256, signatures };
}
