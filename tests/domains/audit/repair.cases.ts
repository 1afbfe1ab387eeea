// What is done about one repair, from its machine to its rating, and again: a case of each mutation of the plugin.

type Ids = Readonly<Record<string, string>>;
interface RepairCase {
  readonly act: string;
  readonly by: 'admin' | 'supervisor' | 'formsAdmin' | 'sharee' | 'scopedAdmin' | 'colleague' | 'customer';
  readonly input: () => Record<string, unknown>;
  readonly makes?: readonly string[];
  readonly objects: readonly string[];
  readonly paths: readonly string[];
}
/** Rights of the plugin, one an employee. */
export const REPAIR_RIGHTS = {
  REPAIR_TRIAGE: 'supervisor',
  REPAIR_QUOTE: 'formsAdmin',
  REPAIR_DISPATCH: 'sharee',
  REPAIR_PARTS: 'scopedAdmin',
} as const;

let days = 0;
/** An hour of a day of its own. */
const window = () => {
  const day = `2099-03-${String(++days).padStart(2, '0')}`;
  return { startsAt: `${day}T01:00:00Z`, endsAt: `${day}T02:00:00Z`, zone: 'Asia/Shanghai' };
};
const WINDOW = ['startsAt', 'endsAt', 'zone'];

/** @param ids by their words, as they come to be known */
export function repairCases(ids: Ids): RepairCase[] {
  const repair = () => ({ repairId: ids.repair });
  const visit = () => ({ visitId: ids.visit });
  const step = (act: string, more: Record<string, unknown> = {}): RepairCase => ({
    act,
    by: 'colleague',
    input: () => ({ ...visit(), ...more }),
    objects: ['visit'],
    paths: Object.keys(more),
  });
  const says = (act: string, more: Record<string, unknown> = {}): RepairCase => ({
    act,
    by: 'customer',
    input: () => ({ ...repair(), ...more }),
    objects: ['repair'],
    paths: Object.keys(more),
  });
  const sent: RepairCase[] = [
    {
      act: 'scheduleVisit',
      by: 'sharee',
      input: () => ({ ...repair(), technicianId: ids.technician, ...window() }),
      makes: ['visit'],
      objects: ['repair', 'technician', 'visit'],
      paths: WINDOW,
    },
    { act: 'dispatchVisit', by: 'sharee', input: visit, objects: ['visit'], paths: [] },
  ];
  const finished = [...sent, step('acceptVisit'), step('finishVisit', { summary: 'A new belt.' })];
  const of = { name: 'A pump', serial: 'P-1' };
  const part = { sku: 'B-1', name: 'A belt', price: { amount: 900, currency: 'CNY' }, stock: 4 };
  return [
    { act: 'addRepairAsset', by: 'admin', input: () => of, makes: ['asset'], objects: ['asset'], paths: ['name', 'serial'] },
    {
      act: 'updateRepairAsset',
      by: 'supervisor',
      input: () => ({ assetId: ids.asset, expectedVersion: 1, site: '1 Quay' }),
      objects: ['asset'],
      paths: ['expectedVersion', 'site'],
    },
    {
      act: 'addRepairPart',
      by: 'scopedAdmin',
      input: () => part,
      makes: ['part'],
      objects: ['part'],
      paths: ['sku', 'name', 'price.amount', 'price.currency', 'stock'],
    },
    {
      act: 'updateRepairPart',
      by: 'scopedAdmin',
      input: () => ({ partId: ids.part, expectedVersion: 1, stock: 5 }),
      objects: ['part'],
      paths: ['expectedVersion', 'stock'],
    },
    {
      act: 'setRepairTechnician',
      by: 'sharee',
      input: () => ({ employeeId: ids.colleague, firstName: 'Jun' }),
      makes: ['technician'],
      objects: ['colleague', 'technician'],
      paths: ['firstName'],
    },
    {
      act: 'requestRepair',
      by: 'customer',
      input: () => ({ problem: 'A noise.', siteContactPhone: '+8613800009999' }),
      makes: ['repair'],
      objects: ['repair'],
      paths: ['problem', 'siteContactPhone'],
    },
    {
      act: 'triageRepair',
      by: 'supervisor',
      input: () => ({ ...repair(), priority: 'LOW', inGuarantee: false }),
      objects: ['repair'],
      paths: ['priority', 'inGuarantee'],
    },
    {
      act: 'askRepairInfo',
      by: 'supervisor',
      input: () => ({ ...repair(), question: 'Since when?' }),
      objects: ['repair'],
      paths: ['question'],
    },
    says('answerRepairInfo', { answer: 'Since Monday.' }),
    {
      act: 'quoteRepair',
      by: 'formsAdmin',
      input: () => ({ ...repair(), price: { amount: 900, currency: 'CNY' }, text: 'A belt.' }),
      makes: ['quote'],
      objects: ['repair', 'quote'],
      paths: ['price.amount', 'price.currency', 'text'],
    },
    says('answerRepairQuote', { accept: true }),
    ...sent,
    step('declineVisit', { reason: 'I am ill.' }),
    {
      act: 'moveVisit',
      by: 'sharee',
      input: () => ({ ...visit(), technicianId: ids.technician, ...window() }),
      objects: ['visit', 'technician'],
      paths: WINDOW,
    },
    { act: 'dispatchVisit', by: 'sharee', input: visit, objects: ['visit'], paths: [] },
    ...['acceptVisit', 'startVisit', 'arriveAtVisit', 'beginVisitWork'].map((act) => step(act)),
    {
      act: 'addPart',
      by: 'colleague',
      input: () => ({ ...visit(), partId: ids.part, quantity: 1 }),
      makes: ['partUse'],
      objects: ['visit', 'part', 'partUse'],
      paths: ['quantity'],
    },
    {
      act: 'returnPart',
      by: 'colleague',
      input: () => ({ ...visit(), partUseId: ids.partUse }),
      objects: ['visit', 'partUse'],
      paths: [],
    },
    {
      act: 'addLabour',
      by: 'colleague',
      input: () => ({ ...visit(), minutes: 30 }),
      makes: ['labour'],
      objects: ['visit', 'labour'],
      paths: ['minutes'],
    },
    {
      act: 'removeLabour',
      by: 'colleague',
      input: () => ({ ...visit(), labourId: ids.labour }),
      objects: ['visit', 'labour'],
      paths: [],
    },
    {
      act: 'addVisitPhoto',
      by: 'colleague',
      input: () => ({ ...visit(), photoId: ids.picture }),
      makes: ['photo'],
      objects: ['visit', 'picture', 'photo'],
      paths: [],
    },
    step('holdVisit', { reason: 'PARTS' }),
    step('resumeVisit'),
    step('cannotComplete', { reason: 'The roof is shut.' }),
    ...finished,
    says('disputeWork', { reason: 'It is not done.' }),
    ...finished,
    { ...says('signOffWork'), input: () => ({ ...repair(), signatureId: ids.signature }), objects: ['repair', 'signature'] },
    says('rateRepair', { stars: 5 }),
    says('reopenRepair', { reason: 'It is there again.' }),
    ...finished,
    { ...step('requestSiteSignature'), input: repair, objects: ['repair'] },
    {
      act: 'signOffAtSite',
      by: 'colleague',
      input: () => ({ ...repair(), signerName: 'Lao Zhou', code: '246810', signatureId: ids.siteSignature }),
      objects: ['repair', 'siteSignature'],
      paths: ['signerName', 'code'],
    },
  ];
}
