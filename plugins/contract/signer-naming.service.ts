import { contactAudience, invalid, type UseCase } from '@guichet/sdk';
import { settingsOf } from './settings.ts';

/** Somebody who is to sign, as the drafter names them: an employee or a contact. */
export interface NamedSigner {
  readonly employeeId?: string | null;
  readonly contactId?: string | null;
  readonly name: string;
  readonly role: string;
  readonly isSeal?: boolean | null;
  /** For which further counterparty a contact signs who is not it. */
  readonly counterpartyId?: string | null;
}

/** @throws NotFound where the seat cannot see whom it names */
export async function findSigners(use: UseCase, named: readonly NamedSigner[]): Promise<void> {
  for (const [i, { employeeId, contactId, counterpartyId }] of named.entries()) {
    const path = ['input', 'signers', String(i)];
    if (employeeId) await use.find('Employee', employeeId, [...path, 'employeeId']);
    if (contactId) await use.find('Contact', contactId, [...path, 'contactId']);
    if (counterpartyId) await use.find('ContractCounterparty', counterpartyId, [...path, 'counterpartyId']);
  }
}

/**
 * Those of both sides, each once, and every counterparty among them. @throws ValidationFailed
 * @param sides contacts of the further counterparties, by the ids of these
 */
export function checkSigners(signers: readonly NamedSigner[], firstId: string, sides: ReadonlyMap<string, string>): void {
  const path = ['input', 'signers'];
  const odd = signers.findIndex(({ employeeId, contactId }) => !employeeId === !contactId);
  if (odd >= 0)
    throw invalid([...path, String(odd)], 'ONE_OF', { en: 'Name an employee or a contact.', 'zh-CN': '请指定一名员工或一名联系人。' });
  const seats = signers.map(({ employeeId, contactId }) => employeeId ?? contactId);
  if (new Set(seats).size !== seats.length) throw invalid(path, 'TWICE', { en: 'Somebody is named twice.', 'zh-CN': '签署人重复。' });
  if (!signers.some(({ employeeId }) => employeeId) || [firstId, ...sides.values()].some((side) => !seats.includes(side)))
    throw invalid(path, 'BOTH_SIDES', {
      en: 'Both sides have to sign: every counterparty itself, and beside it whom else you name.',
      'zh-CN': '双方均须签署：每个合同相对方本人必须签署，可另行指定其他签署人。',
    });
  const stray = signers.findIndex(
    ({ contactId, counterpartyId }) =>
      counterpartyId && (contactId === firstId || !sides.has(counterpartyId) || isOther(sides, counterpartyId, contactId)),
  );
  if (stray >= 0)
    throw invalid([...path, String(stray), 'counterpartyId'], 'OTHER_PARTY', {
      en: 'They do not sign for this counterparty.',
      'zh-CN': '该签署人不代表此合同相对方。',
    });
}
/** Whether a contact is another counterparty than that one. */
const isOther = (sides: ReadonlyMap<string, string>, counterpartyId: string, contactId: string | null | undefined): boolean =>
  !contactId || [...sides].some(([id, of]) => of === contactId && id !== counterpartyId);

/**
 * For which further counterparty each signs; null: for the first, or inside. Who is none and names none signs for that of their company.
 * @param sides contacts of the further counterparties, by the ids of these
 * @throws ValidationFailed where none of several is of their company: whose word it takes hangs on whom they bind
 */
export async function partiesSignedFor(
  use: UseCase,
  signers: readonly NamedSigner[],
  firstId: string,
  sides: ReadonlyMap<string, string>,
): Promise<(string | null)[]> {
  if (sides.size === 0) return signers.map(() => null);
  const companyOf = async (contactId: string) => (await use.service(contactAudience).factsOf(use, contactId)).companyId;
  const all: readonly (readonly [string | null, string])[] = [[null, firstId], ...sides];
  const parties = await Promise.all(all.map(async ([id, contactId]) => ({ id, contactId, company: await companyOf(contactId) })));
  return Promise.all(
    signers.map(async ({ contactId, counterpartyId }, i) => {
      if (!contactId || counterpartyId) return counterpartyId ?? null;
      const own = parties.find((one) => one.contactId === contactId);
      if (own) return own.id;
      const company = await companyOf(contactId);
      const employer = parties.find((one) => one.company !== null && one.company === company);
      if (employer) return employer.id;
      throw invalid(['input', 'signers', String(i), 'counterpartyId'], 'WHICH_PARTY', {
        en: 'Say for which counterparty they sign: they are of the company of none.',
        'zh-CN': '该签署人不属于任何合同相对方的企业，请指明其代表的相对方。',
      });
    }),
  );
}
/** Who signs for the seal is one employee, and the last of those inside. @throws ValidationFailed */
export async function checkSeal(use: UseCase, signers: readonly NamedSigner[]): Promise<void> {
  const path = ['input', 'signers'];
  const seals = signers.flatMap(({ isSeal }, i) => (isSeal ? [i] : []));
  if (seals.length === 0 && (await settingsOf(use)).needsSeal)
    throw invalid(path, 'NO_SEAL', { en: 'Say who signs for the seal.', 'zh-CN': '请指定用印人。' });
  if (seals.length === 0) return;
  const isLast = signers.every(({ employeeId }, i) => !employeeId || i <= seals[0]!);
  if (seals.length > 1 || !signers[seals[0]!]!.employeeId || !isLast)
    throw invalid([...path, String(seals.at(-1))], 'SEAL', {
      en: 'One employee signs for the seal, behind all others inside.',
      'zh-CN': '用印人须为一名员工，且在己方最后签署。',
    });
}
