import { filesService, formsService, freeNumber, invalid, monthly, type UseCase, workingDates } from '@guichet/sdk';
import { forgetConsents } from './consent.service.ts';
import { Contract, ContractTemplate, ContractVersion, Signer } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';
import { baseNumber, rendered, sha256Of, variablesOf } from './contract.rules.ts';
import { Counterparty, newPartyId } from './counterparty.entity.ts';
import type { Draft, Wording } from './draft.terms.ts';
import { VERSION_FILE } from './file.purposes.ts';
import { checkPeriod, currentOf, expectVersion, held } from './holding.service.ts';
import { type ContractRow, concerned, counterpartiesOf, followMove, notify } from './telling.ts';

const DEFAULT_NOTICE_DAYS = 30;

/** @returns the contract's UUID. @throws ValidationFailed */
export async function draftContract(use: UseCase, { amount, contactId, ...draft }: Draft, wording: Wording): Promise<string> {
  checkPeriod(draft);
  const row = use.em.create(Contract, {
    ...draft,
    endsOn: draft.endsOn ?? null,
    renewsMonths: draft.renewsMonths ?? null,
    noticeDays: draft.noticeDays ?? DEFAULT_NOTICE_DAYS,
    counterpartyCode: draft.counterpartyCode ?? null,
    counterpartyAddress: draft.counterpartyAddress ?? null,
    contactId,
    number: await newNumber(use, monthly('CT', await use.service(workingDates).today(use))),
    drafterId: use.seat.id,
    state: 'DRAFT',
    amountMinor: amount.amount,
    currency: amount.currency,
    ...NOTHING_YET,
    createdAt: use.now,
  });
  await use.em.flush();
  row.currentVersionId = await writeVersion(use, row, 1, wording);
  return row.id;
}
const NOTHING_YET = {
  formId: null,
  currentVersionId: null,
  approvedVersionId: null,
  frozenSha256: null,
  sharedAt: null,
  sharedVersionId: null,
  signingOrder: null,
  signingExpiresAt: null,
  amendsId: null,
  voidAskedBy: null,
  terminationAskedBy: null,
  endsEarlyOn: null,
  reason: null,
} as const;

/** @param head what it begins with: the month, or the number of what it amends */
const newNumber = (use: UseCase, head: string): Promise<string> =>
  freeNumber(head, async (number) => (await use.em.count(Contract, { number })) > 0);

/** @throws NotFound, ValidationFailed where there is not exactly one of text, file and template, or a variable has no value */
async function writeVersion(
  use: UseCase,
  { id: contractId, number }: Pick<ContractRow, 'id' | 'number'>,
  position: number,
  wording: Wording,
): Promise<string> {
  const { text, uploadId, templateId, note } = wording;
  if ([text, uploadId, templateId].filter((one) => one !== undefined).length !== 1)
    throw invalid(['input'], 'ONE_OF', {
      en: 'Give a text, a file or a template: one of them.',
      'zh-CN': '请提供文本、文件或模板中的一项。',
    });
  const id = use.newId();
  const said = templateId === undefined ? text : await fromTemplate(use, templateId, wording.values ?? []);
  const to = { type: 'ContractVersion', id };
  const file =
    uploadId === undefined
      ? undefined
      : await use.service(filesService).attach(use, { uploadId, purpose: VERSION_FILE, to, as: number, path: ['input', 'uploadId'] });
  use.em.create(ContractVersion, {
    id,
    contractId,
    position,
    text: said ?? null,
    fileId: file?.fileId ?? null,
    sha256: file?.sha256 ?? sha256Of(said as string),
    note: note ?? null,
    authorId: use.seat.id,
    createdAt: use.now,
    sharedAt: null,
  });
  await use.em.flush();
  return id;
}

async function fromTemplate(use: UseCase, templateId: string, given: NonNullable<Wording['values']>): Promise<string> {
  const { clauses } = await use.em.findOneOrFail(ContractTemplate, templateId);
  const values = new Map(given.map(({ name, value }) => [name, value]));
  const missing = variablesOf(clauses).filter((name) => !values.has(name));
  if (missing.length)
    throw invalid(['input', 'values'], 'REQUIRED', {
      en: `There is no value for ${missing.join(', ')}.`,
      'zh-CN': `缺少以下变量的值：${missing.join('、')}。`,
    });
  return rendered(clauses, values);
}

/** Words it anew: what was approved is approved no more, what was signed is void, and everybody who has signed is told. */
export async function addVersion(
  use: UseCase,
  { contractId, expectedVersion, ...wording }: Wording & { readonly contractId: string; readonly expectedVersion: number },
): Promise<{ contract: string; contractVersion: string }> {
  const row = await held(use, contractId);
  expectVersion(row, expectedVersion);
  const { position } = await currentOf(use, row);
  const { state: from } = row;
  const people = await concerned(use, row, true);
  if (row.isInReview && row.formId) await use.service(formsService).withdrawInside(use, row.formId);
  row.currentVersionId = await writeVersion(use, row, position + 1, wording);
  const hadSigners = await voidSignatures(use, row);
  if (row.state !== 'DRAFT') row.state = 'REVISING';
  await forgetConsents(use, row, 'VOID');
  Object.assign(row, { frozenSha256: null, isInReview: false, voidAskedBy: null, signingExpiresAt: null });
  await followMove(use, row, from);
  if (hadSigners) await notify(use, row, 'SIGNATURES_VOID', people);
  return { contract: contractId, contractVersion: row.currentVersionId };
}

/** Whoever would not sign is remembered so. @returns whether anybody was to sign */
async function voidSignatures(use: UseCase, row: ContractRow): Promise<boolean> {
  if (!SENT.has(row.state)) return false;
  const signers = await use.em.find(Signer, { contractId: row.id, round: row.round, state: { $in: ['WAITING', 'SIGNED'] } });
  for (const signer of signers) signer.state = 'VOIDED';
  return signers.length > 0;
}
const SENT: ReadonlySet<ContractState> = new Set(['SIGNING', 'PART_SIGNED', 'SIGNING_EXPIRED', 'DECLINED']);

/** An amendment: a contract of its own, of the same parties, which takes the place of the other when it is signed. */
export async function amendContract(
  use: UseCase,
  { contractId, title, ...wording }: Wording & { readonly contractId: string; readonly title: string },
): Promise<string> {
  const {
    id: amendsId,
    number,
    kind,
    contactId,
    amountMinor,
    currency,
    startsOn,
    endsOn,
    renewsMonths,
    noticeDays,
    ...old
  } = await held(use, contractId);
  const { ownName, counterpartyName, counterpartyCode, counterpartyAddress } = old;
  const parties = { ownName, counterpartyName, counterpartyCode, counterpartyAddress };
  const row = use.em.create(Contract, {
    ...{ ...NOTHING_YET, ...parties, title, kind, contactId, amountMinor, currency, startsOn, endsOn, renewsMonths, noticeDays },
    number: await newNumber(use, baseNumber(number)),
    drafterId: use.seat.id,
    state: 'DRAFT',
    amendsId,
    createdAt: use.now,
  });
  for (const { contactId: of, position, legalName, creditCode, address } of await counterpartiesOf(use, amendsId))
    use.em.create(Counterparty, { id: newPartyId(), contractId: row.id, contactId: of, position, legalName, creditCode, address });
  await use.em.flush();
  row.currentVersionId = await writeVersion(use, row, 1, wording);
  return row.id;
}
