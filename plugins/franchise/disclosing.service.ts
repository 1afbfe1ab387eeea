import { createHash } from 'node:crypto';
import { filesService, invalid, type Signing, signaturesService, type UseCase } from '@guichet/sdk';
import type { ApplicationRow } from './application.entity.ts';
import { Territory } from './brand.entity.ts';
import { Disclosure } from './closing.entity.ts';
import { earliestSigning } from './franchise.rules.ts';
import { held, PATH, today } from './holding.service.ts';
import { settingsOf } from './settings.ts';
import { applicantsOf, moveTo, notify, recruiterOf } from './telling.ts';

type DisclosureRow = InstanceType<typeof Disclosure.class>;
const PURPOSE = 'FRANCHISE_DISCLOSURE';

/** The country of the territory: its law decides. */
export async function countryOf(use: UseCase, { territoryId }: ApplicationRow): Promise<string> {
  if (!territoryId) throw invalid(PATH, 'NO_TERRITORY', { en: 'It is for no territory yet.', 'zh-CN': '尚未确定区域。' });
  return (await use.em.findOneOrFail(Territory, territoryId)).country;
}

/** Days that a country's law asks for. @throws ValidationFailed where the settings do not say */
async function lawfulDays(use: UseCase, country: string, path: readonly string[]): Promise<number> {
  const { disclosureDays } = await settingsOf(use);
  if (!Object.hasOwn(disclosureDays, country))
    throw invalid(path, 'COUNTRY', {
      en: `The settings do not say how many days the law of ${country} asks for.`,
      'zh-CN': `设置中没有 ${country} 的法定披露期限。`,
    });
  return disclosureDays[country]!;
}
/** It is for another territory now: what was disclosed is held against the law of that one's country. @throws ValidationFailed where the settings do not say */
export async function disclosedElsewhere(use: UseCase, row: ApplicationRow, country: string): Promise<void> {
  const last = await use.em.findOne(Disclosure, { applicationId: row.id }, { orderBy: { position: 'desc' } });
  if (!last) return;
  const days = await lawfulDays(use, country, ['input', 'territoryId']);
  row.earliestSigningOn = earliestSigning({ ...last, days });
}

export const DISCLOSURE_FILE = 'FRANCHISE_DISCLOSURE';
interface Disclosed {
  readonly text?: string;
  readonly uploadId?: string;
}
/** A text or a file, with its hash: exactly that is acknowledged. @throws NotFound, ValidationFailed unless it is one of the two */
async function contentOf(use: UseCase, id: string, { text, uploadId }: Disclosed) {
  if ((text === undefined) === (uploadId === undefined))
    throw invalid(['input'], 'ONE_OF', { en: 'Give a text or a file: one of them.', 'zh-CN': '请提供文本或文件，二选一。' });
  if (text !== undefined) return { text, fileId: null, sha256: createHash('sha256').update(text).digest('hex') };
  const to = { type: 'FranchiseDisclosure', id };
  const sent = { uploadId: uploadId!, purpose: DISCLOSURE_FILE, to, as: `disclosure-${id}`, path: ['input', 'uploadId'] };
  const { fileId, sha256 } = await use.service(filesService).attach(use, sent);
  return { text: null, fileId, sha256 };
}

/** Discloses what the law asks for; the days begin, and begin anew where it was disclosed before. @throws NotFound, ValidationFailed */
export async function sendDisclosure(
  use: UseCase,
  { franchiseId, isRenewal, ...disclosed }: Disclosed & { readonly franchiseId: string; readonly isRenewal: boolean },
): Promise<string> {
  const row = await held(use, franchiseId);
  const days = await lawfulDays(use, await countryOf(use, row), PATH);
  const sentOn = await today(use);
  const position = (await use.em.count(Disclosure, { applicationId: row.id })) + 1;
  const id = use.newId();
  use.em.create(Disclosure, {
    ...{ id, applicationId: row.id, position, ...(await contentOf(use, id, disclosed)), days, sentOn, sentAt: use.now },
    isExempt: isRenewal,
    acknowledgedAt: null,
    evidenceId: null,
  });
  row.earliestSigningOn = earliestSigning({ sentOn, days, isExempt: isRenewal });
  await moveTo(use, row, 'DISCLOSED');
  await use.em.flush();
  await notify(use, row, 'DISCLOSED', await applicantsOf(use, row));
  return id;
}

/** What was disclosed last, where that is what the applicant was shown. @throws ValidationFailed */
export async function shownDisclosure(use: UseCase, franchiseId: string, sha256: string): Promise<DisclosureRow> {
  const last = await use.em.findOneOrFail(Disclosure, { applicationId: franchiseId }, { orderBy: { position: 'desc' } });
  if (last.sha256 !== sha256)
    throw invalid(['input', 'sha256'], 'CHANGED', {
      en: 'Something else was disclosed since: read that.',
      'zh-CN': '披露内容已更新，请重新阅读。',
    });
  return last;
}
const signingOf = ({ id, sha256 }: DisclosureRow): Signing => ({ purpose: PURPOSE, subject: { type: 'FranchiseDisclosure', id }, sha256 });

/** Sends a code that acknowledges this disclosure, as it was shown. */
export async function requestCode(use: UseCase, franchiseId: string, shown: DisclosureRow) {
  const { number } = await held(use, franchiseId);
  return use.service(signaturesService).requestCode(use, { ...signingOf(shown), name: number });
}
/** Acknowledges it by the code. @throws SigningCodeRefused */
export async function acknowledgeDisclosure(use: UseCase, franchiseId: string, shown: DisclosureRow, code: string): Promise<void> {
  const row = await held(use, franchiseId);
  const signer = { name: row.legalName ?? row.number, role: 'APPLICANT' };
  const { evidenceId } = await use.service(signaturesService).sign(use, { ...signingOf(shown), signer, code }, ['input', 'code']);
  Object.assign(shown, { acknowledgedAt: use.now, evidenceId });
  await moveTo(use, row, 'DISCLOSURE_ACKNOWLEDGED');
  await notify(use, row, 'ANSWERED', await recruiterOf(use, row));
}
