import { invalid, type UseCase } from '@guichet/sdk';
import { Brand } from './brand.entity.ts';
import { Deposit } from './closing.entity.ts';
import { held, PATH, today } from './holding.service.ts';

interface Received {
  readonly franchiseId: string;
  readonly amount: { readonly amount: number; readonly currency: string };
  readonly receivedOn: string;
  readonly reference: string;
}
/** The deposit has come: all of it, in the currency of the brand. @throws ValidationFailed */
export async function recordDeposit(use: UseCase, { franchiseId, amount, receivedOn, reference }: Received): Promise<string> {
  const row = await held(use, franchiseId);
  const { depositMinor, currency } = await use.em.findOneOrFail(Brand, row.brandId);
  if (receivedOn > (await today(use)))
    throw invalid(['input', 'receivedOn'], 'IN_THE_FUTURE', { en: 'This day has not come.', 'zh-CN': '该日期尚未到来。' });
  if (amount.currency !== currency || amount.amount < depositMinor)
    throw invalid(['input', 'amount'], 'TOO_LITTLE', {
      en: `The deposit is ${depositMinor} ${currency} in minor units.`,
      'zh-CN': `保证金应为 ${depositMinor} ${currency}（最小货币单位）。`,
    });
  if (await use.em.findOne(Deposit, { applicationId: row.id }))
    throw invalid(PATH, 'RECORDED', { en: 'It was recorded already.', 'zh-CN': '保证金已登记。' });
  const money = { amountMinor: amount.amount, currency };
  return use.em.create(Deposit, {
    ...money,
    applicationId: row.id,
    receivedOn,
    reference,
    recordedBy: use.seat.id,
    refundDueSince: null,
    refundedOn: null,
  }).id;
}
/** It has gone back. @throws ValidationFailed where there is none, or it has gone before */
export async function refundDeposit(use: UseCase, franchiseId: string, refundedOn: string): Promise<string> {
  const deposit = await use.em.findOne(Deposit, { applicationId: franchiseId });
  if (!deposit || deposit.refundedOn)
    throw invalid(PATH, 'NO_DEPOSIT', { en: 'There is no deposit to go back.', 'zh-CN': '没有待退还的保证金。' });
  if (refundedOn > (await today(use)) || refundedOn < deposit.receivedOn)
    throw invalid(['input', 'refundedOn'], 'OUT_OF_RANGE', { en: 'It cannot have gone back on this day.', 'zh-CN': '退还日期不正确。' });
  deposit.refundedOn = refundedOn;
  return deposit.id;
}
