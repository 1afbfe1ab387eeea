import { expectServing, invalid, type UseCase } from '@guichet/sdk';
import { held } from './holding.service.ts';
import { notifyAll } from './negotiating.service.ts';
import type { NamedSigner } from './signer-naming.service.ts';
import { checkExpiry, type Held, refuseOver, signersOf, tellTurns } from './signing.service.ts';
import { follow } from './telling.ts';

/** Somebody signs in the place of somebody absent, which the signature says. @throws ValidationFailed */
export async function delegateSignature(use: UseCase, { row, signer }: Held, to: NamedSigner): Promise<void> {
  await refuseOver(use, row);
  const seatId = signer.side === 'OWN' ? to.employeeId : to.contactId;
  const isOther = to.counterpartyId && to.counterpartyId !== signer.counterpartyId;
  if (!seatId || isOther)
    throw invalid(['input', 'to'], 'OTHER_SIDE', { en: 'Name somebody of the same side.', 'zh-CN': '请指定同一方的代签人。' });
  use.refuseTaken('signers_seat', () => invalid(['input', 'to'], 'TWICE', { en: 'They sign already.', 'zh-CN': '该人已是签署人。' }));
  Object.assign(signer, { seatId, onBehalfOf: signer.onBehalfOf ?? signer.name, name: to.name, role: to.role });
  await use.em.flush();
  await follow(use, row, 'SIGNER_CHANGED');
  await tellTurns(use, row);
}

/** More time to sign, or less. @throws ValidationFailed, WindowSuspended */
export async function extendSigning(use: UseCase, contractId: string, expiresAt: Date): Promise<void> {
  await expectServing(use);
  const row = await held(use, contractId);
  checkExpiry(use, expiresAt);
  row.signingExpiresAt = expiresAt;
  const hasSigned = (await signersOf(use, row)).some(({ state }) => state === 'SIGNED');
  row.state = hasSigned ? 'PART_SIGNED' : 'SIGNING';
  await follow(use, row, 'SIGNER_CHANGED');
  await notifyAll(use, row, 'MORE_TIME');
}
