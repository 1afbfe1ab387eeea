import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { Counterparty, newPartyId } from './counterparty.entity.ts';
import { held } from './holding.service.ts';
import { counterpartiesOf } from './telling.ts';
import { forgetViewersFor } from './viewer.service.ts';

/** Counterparties beside the first, at the most. */
export const MOST_FURTHER = 9;

export interface NewCounterparty {
  readonly contractId: string;
  readonly contactId: string;
  readonly legalName: string;
  readonly creditCode?: string;
  readonly address?: string;
}

/** The contract is made with one more, who reads nothing before something is shared. @throws ValidationFailed */
export async function addCounterparty(use: UseCase, { creditCode, address, ...given }: NewCounterparty): Promise<string> {
  const path = ['input', 'contactId'];
  const row = await held(use, given.contractId);
  const further = await counterpartiesOf(use, row.id);
  if ([row, ...further].some(({ contactId }) => contactId === given.contactId))
    throw invalid(path, 'TWICE', { en: 'The contract is made with them already.', 'zh-CN': '该联系人已是合同相对方。' });
  if (further.length >= MOST_FURTHER)
    throw invalid(path, 'TOO_MANY', {
      en: `At most ${MOST_FURTHER + 1} counterparties.`,
      'zh-CN': `合同相对方最多 ${MOST_FURTHER + 1} 个。`,
    });
  const position = (further.at(-1)?.position ?? 1) + 1;
  return use.em.create(Counterparty, { id: newPartyId(), ...given, creditCode: creditCode ?? null, address: address ?? null, position }).id;
}

/** The contract is not made with them. @throws NotFound, ValidationFailed where they have signed what this amends */
export async function removeCounterparty(use: UseCase, contractId: string, counterpartyId: string): Promise<void> {
  const path = ['input', 'counterpartyId'];
  const found = await use.em.findOne(Counterparty, { id: counterpartyId, contractId });
  if (!found) throw notFound({}, path);
  const { amendsId } = await held(use, contractId);
  if (amendsId && (await counterpartiesOf(use, amendsId)).some(({ contactId }) => contactId === found.contactId))
    throw invalid(path, 'OF_AMENDED', {
      en: 'They are a party of what is amended: without them it is not amended.',
      'zh-CN': '该相对方是被修订合同的一方，修订须由其参与。',
    });
  await forgetViewersFor(use, found.id);
  use.em.remove(found);
}
