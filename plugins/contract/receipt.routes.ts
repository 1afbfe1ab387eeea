import { httpRoutes, notFound, type PluginRoute, register, type UseCase } from '@guichet/sdk';
import { Contract, Signer } from './contract.entity.ts';
import { contract } from './permissions.ts';
import { type Receipt, receiptText } from './receipt.rules.ts';
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
  const signatures = all.map(({ name, role, onBehalfOf, side, signedAt, method, phoneMasked }) => ({
    ...{ name, role, side, onBehalfOf: onBehalfOf ?? null, phoneMasked: phoneMasked ?? null },
    ...{ signedAt: signedAt as Date, method: method as 'PHONE_CODE' | 'PAPER' },
  }));
  const { title, ownName, counterpartyName, frozenSha256: sha256 } = row;
  return { number, title, ownName, counterpartyName, sha256, signatures };
}
