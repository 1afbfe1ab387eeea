import { notFound, roundedRatio, type UseCase } from '@guichet/sdk';
import { refuseOtherCurrency } from './charge.service.ts';
import { RepairLabour } from './labour.entity.ts';
import { MOST, refusePast } from './most.rules.ts';
import { settingsOf } from './settings.ts';

interface Worked {
  readonly visitId: string;
  readonly minutes: number;
  readonly chargeable: boolean;
  readonly text?: string;
}
/** Writes down time that the seat has worked on a visit, which is held. What is charged keeps the rate of its day. @throws ValidationFailed */
export async function addLabour(use: UseCase, { visitId, minutes, chargeable, text }: Worked): Promise<string> {
  refusePast(MOST.labour, await use.em.count(RepairLabour, { visit: visitId }), 'visitId');
  const { hourlyRate } = await settingsOf(use);
  const rate = chargeable ? hourlyRate : null;
  if (rate) await refuseOtherCurrency(use, visitId, rate.currency, ['input', 'isChargeable']);
  const price = rate
    ? { priceMinor: roundedRatio(BigInt(rate.amount) * BigInt(minutes), 60n), currency: rate.currency }
    : { priceMinor: null, currency: null };
  const of = { visit: visitId, technicianId: use.seat.id, minutes, chargeable, text: text ?? null, at: use.now };
  return use.em.create(RepairLabour, { ...of, ...price }).id;
}

/** Takes back what the seat has written down itself. @throws NotFound unless it is of this visit, and theirs */
export async function removeLabour(use: UseCase, visitId: string, labourId: string): Promise<void> {
  const found = await use.em.findOne(RepairLabour, { id: labourId, visit: visitId, technicianId: use.seat.id });
  if (!found) throw notFound({}, ['input', 'labourId']);
  use.em.remove(found);
}

/** Minutes that were written down on a visit; none where nothing was. */
export async function minutesOf(use: UseCase, visitId: string): Promise<number | null> {
  const rows = await use.em.find(RepairLabour, { visit: visitId });
  return rows.length ? rows.reduce((sum, { minutes }) => sum + minutes, 0) : null;
}
