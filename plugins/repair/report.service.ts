import { formsService, Refusal, type UseCase } from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { repairReported } from './notifications.ts';
import { RepairOrder } from './order.entity.ts';
import { orderOf, requestRepair } from './order.service.ts';
import type { Report } from './report.rules.ts';

/** Reports of one machine that nobody has looked at yet. */
const MOST_WAITING = 3;

/**
 * Hands a repair in for whose machine it is, with whoever reports it as the contact at the site; their phone is proven.
 * @returns the number, or why nothing was taken: the machine is nobody's who could ask for a repair, or as many reports of it wait as are taken
 */
export async function takeReport(use: UseCase, report: Report, phone: string): Promise<{ number: string } | 'UNKNOWN' | 'TOO_MANY'> {
  const asset = await use.em.findOne(Asset, { qr: report.qr });
  const contactId = asset?.contactId;
  if (!asset || !contactId) return 'UNKNOWN';
  if (!(await isLetIn(use, contactId))) return 'UNKNOWN';
  if ((await use.em.count(RepairOrder, { asset: asset.id, reported: true, state: 'SUBMITTED' })) >= MOST_WAITING) return 'TOO_MANY';
  const id = await requestRepair(
    use,
    { problem: report.problem, siteContactName: report.name, siteContactPhone: phone, isReported: true },
    { asset },
  );
  const { formId, number } = await orderOf(use, id);
  await use.announce(repairReported({ formId, contactId }));
  return { number };
}

/** Whoever reports for the same customer waits here. Of one whose window is shut, or who is no member, nothing is told. */
async function isLetIn(use: UseCase, contactId: string): Promise<boolean> {
  try {
    await use.service(formsService).enterWindowFor(use, contactId, ['qr']);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
