import type { UseCase } from '../../sdk/index.ts';
import { businessForms } from './form.entity.ts';
import { actOnForm, type HeldForm, type Moved } from './form-acts.service.ts';

const FEW_HOURS = 4 * 3_600_000;

/** Those inside share a clock, the customer has one of their own: it tells them nothing of what those inside do (spec 6.3). @throws RemindedLately */
export async function remindForm(use: UseCase, held: HeldForm): Promise<Moved> {
  const { reminded_at, customer_reminded_at } = await use
    .on(businessForms)
    .selectFrom('business_forms')
    .select(['reminded_at', 'customer_reminded_at'])
    .where('id', '=', held.form.id)
    .executeTakeFirstOrThrow();
  const last = held.actor.is === 'CUSTOMER' ? customer_reminded_at : reminded_at;
  const nextAt = new Date((last?.getTime() ?? 0) + FEW_HOURS);
  return actOnForm(use, held, { kind: 'REMIND' }, { facts: { remindedLately: nextAt > use.now }, nextAt });
}
