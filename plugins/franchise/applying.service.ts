import { contactAudience, freeNumber, invalid, monthly, timelineService, type UseCase, versionConflict } from '@guichet/sdk';
import { Application, type ApplicationRow } from './application.entity.ts';
import { Brand, Territory } from './brand.entity.ts';
import { FranchiseDocument } from './dossier.entity.ts';
import { endApplication } from './ending.service.ts';
import { franchiseAppliedAlready, franchiseReapplyLater } from './franchise.errors.ts';
import { held, today } from './holding.service.ts';
import { applicantsOf, moveTo, notify, recruiterOf } from './telling.ts';

const NOTHING_YET = {
  waitingSince: null,
  closedAt: null,
  legalName: null,
  capitalMinor: null,
  capitalCurrency: null,
  experience: null,
  interviewAt: null,
  interviewPlace: null,
  sheetId: null,
  scoredAt: null,
  score: null,
  innerReason: null,
  releasedReason: null,
  reapplyFrom: null,
  earliestSigningOn: null,
  contractId: null,
  signedOn: null,
  coolingOffUntil: null,
  purgedAt: null,
} as const;

interface Asked {
  readonly brandId: string;
  readonly territoryId?: string;
  readonly message?: string;
}
/**
 * A contact asks for a franchise. One person may ask for several brands, and once for each; after a rejection not before its day.
 * @returns the application's UUID. @throws FranchiseAppliedAlready, FranchiseReapplyLater, ValidationFailed
 */
export async function applyForFranchise(use: UseCase, { brandId, territoryId = undefined, message }: Asked): Promise<string> {
  await use.em.findOneOrFail(Brand, brandId);
  if (territoryId !== undefined) await expectOfBrand(use, territoryId, brandId);
  const before = await lastOf(use, brandId);
  const now = await today(use);
  if (before?.reapplyFrom && before.reapplyFrom > now) throw franchiseReapplyLater({ from: before.reapplyFrom }, ['input', 'brandId']);
  use.refuseTaken('applications_one', () => franchiseAppliedAlready({}, ['input', 'brandId']));
  const row = use.em.create(Application, {
    ...NOTHING_YET,
    number: await freeNumber(monthly('FR', now), async (number) => (await use.em.count(Application, { number })) > 0),
    brandId,
    contactId: use.seat.id,
    territoryId: territoryId ?? null,
    message: message ?? null,
    state: 'INQUIRY',
    stateSince: use.now,
    createdAt: use.now,
    previousId: before?.id ?? null,
  });
  await use.em.flush();
  use.service(timelineService).record(use, { contactId: row.contactId, kind: 'FRANCHISE_APPLICATION' });
  await moveTo(use, row, 'INQUIRY');
  await notify(use, row, 'ASKED', await recruiterOf(use, row));
  return row.id;
}
const lastOf = (use: UseCase, brandId: string): Promise<ApplicationRow | null> =>
  use.em.findOne(Application, { brandId, contactId: use.seat.id }, { orderBy: { id: 'desc' } });

async function expectOfBrand(use: UseCase, territoryId: string, brandId: string): Promise<void> {
  const territory = await use.em.findOneOrFail(Territory, territoryId);
  if (territory.brandId !== brandId)
    throw invalid(['input', 'territoryId'], 'OTHER_BRAND', { en: 'It is a territory of another brand.', 'zh-CN': '该区域属于其他品牌。' });
}
export interface Profile {
  readonly legalName?: string;
  readonly capital?: { readonly amount: number; readonly currency: string };
  readonly experience?: string;
  readonly message?: string;
}
/** Saves what the applicant has filled in so far; what is left out stays. @throws VersionConflict where another tab has saved meanwhile */
export async function saveStage(use: UseCase, franchiseId: string, expectedVersion: number, { capital, ...texts }: Profile): Promise<void> {
  const row = await held(use, franchiseId);
  if (row.profileVersion !== expectedVersion)
    throw versionConflict({ current: { type: 'FranchiseApplication', uuid: row.id } }, ['input', 'expectedVersion']);
  for (const [name, text] of Object.entries(texts)) if (text !== undefined) Object.assign(row, { [name]: text });
  if (capital) Object.assign(row, { capitalMinor: capital.amount, capitalCurrency: capital.currency });
  row.profileVersion++;
  if (row.waitingSince) row.waitingSince = use.now;
}

const NEEDED = ['legalName', 'capitalMinor', 'experience'] as const;
const FIELD: Readonly<Record<(typeof NEEDED)[number], string>> = {
  legalName: 'legalName',
  capitalMinor: 'capital',
  experience: 'experience',
};

/** Hands in what the stage asks for: of an application means and experience, later the documents. @throws ValidationFailed with all that is missing */
export async function submitStage(use: UseCase, franchiseId: string): Promise<void> {
  const row = await held(use, franchiseId);
  const missing = await missingOf(use, row);
  if (missing.length)
    throw invalid(['input', 'franchiseId'], 'INCOMPLETE', {
      en: `This is missing: ${missing.join(', ')}.`,
      'zh-CN': `缺少：${missing.join('、')}。`,
    });
  await moveTo(use, row, row.state === 'QUALIFIED' ? 'APPLIED' : 'UNDER_REVIEW');
  await notify(use, row, 'ANSWERED', await recruiterOf(use, row));
}
/** What this stage still needs of the applicant, by names of fields and kinds of documents. */
async function missingOf(use: UseCase, row: ApplicationRow): Promise<string[]> {
  if (row.state === 'QUALIFIED') return NEEDED.flatMap((name) => (row[name] === null || row[name] === undefined ? [FIELD[name]] : []));
  const open = await use.em.find(
    FranchiseDocument,
    { applicationId: row.id, state: { $in: ['REQUESTED', 'REFUSED', 'EXPIRED'] } },
    { orderBy: { id: 'asc' } },
  );
  return open.map(({ kind }) => kind);
}

/** The recruiter asks for a whole application, or takes it up. */
export async function advance(use: UseCase, franchiseId: string, to: 'QUALIFIED' | 'UNDER_REVIEW'): Promise<void> {
  const row = await held(use, franchiseId);
  await moveTo(use, row, to);
  await notify(use, row, 'MOVED', await applicantsOf(use, row));
}

/** The applicant takes it back. */
export async function withdrawApplication(use: UseCase, franchiseId: string): Promise<void> {
  const row = await held(use, franchiseId);
  await endApplication(use, row, 'WITHDRAWN');
  await notify(use, row, 'ENDED', await recruiterOf(use, row));
}

/** Whether an employee answers for the applicant, or for one of those who apply together with them: whoever does neither scores nor decides. */
export async function answersFor(use: UseCase, row: ApplicationRow, employeeId: string): Promise<boolean> {
  for (const { id } of await applicantsOf(use, row))
    if ((await use.service(contactAudience).factsOf(use, id)).ownerId === employeeId) return true;
  return false;
}
