import { invalid, type UseCase, versionConflict } from '@guichet/sdk';
import { Brand, CommitteeMember, type Corner, type Criterion, ScoreSheet, Territory } from './brand.entity.ts';
import { faultyCorner } from './franchise.rules.ts';

type BrandRow = InstanceType<typeof Brand.class>;
const nameTaken = () => invalid(['input', 'name'], 'TAKEN', { en: 'This name is in use already.', 'zh-CN': '该名称已被使用。' });

interface NewBrand {
  readonly name: string;
  readonly description: string;
  readonly deposit: { readonly amount: number; readonly currency: string };
  readonly committeeMode: 'ALL' | 'MAJORITY';
  readonly memberIds: readonly string[];
}
/** @returns its UUID. @throws ValidationFailed */
export async function addBrand(use: UseCase, { deposit, memberIds, ...brand }: NewBrand): Promise<string> {
  use.refuseTaken('brands_name', nameTaken);
  const row = use.em.create(Brand, {
    ...brand,
    depositMinor: deposit.amount,
    currency: deposit.currency,
    sheetId: null,
    committeeSince: use.now,
  });
  await use.em.flush();
  await nameMembers(use, row, memberIds);
  return row.id;
}
/** Locks a brand that an admin edits. @throws VersionConflict */
export async function heldBrand(use: UseCase, brandId: string, expected: number): Promise<BrandRow> {
  const row = await use.em.findOneOrFail(Brand, brandId);
  if (row.version !== expected) throw versionConflict({ current: { type: 'FranchiseBrand', uuid: row.id } }, ['input', 'expectedVersion']);
  return row;
}
/** Who decides from now on; committees that are asked go on as they are. */
export async function setCommittee(use: UseCase, row: BrandRow, given: Pick<NewBrand, 'committeeMode' | 'memberIds'>): Promise<void> {
  Object.assign(row, { committeeMode: given.committeeMode, committeeSince: use.now });
  for (const one of await use.em.find(CommitteeMember, { brandId: row.id })) use.em.remove(one);
  await use.em.flush();
  await nameMembers(use, row, given.memberIds);
}
async function nameMembers(use: UseCase, { id }: BrandRow, memberIds: readonly string[]): Promise<void> {
  for (const employeeId of new Set(memberIds)) use.em.create(CommitteeMember, { brandId: id, employeeId });
  await use.em.flush();
}

interface NewTerritory {
  readonly brandId: string;
  readonly name: string;
  readonly area: string;
  readonly country: string;
  readonly isExclusive: boolean;
  readonly quota?: number;
  readonly outline?: readonly Corner[];
}
/** @throws ValidationFailed for an exclusive one with several places */
export async function addTerritory(use: UseCase, { quota = 1, country, outline, ...given }: NewTerritory): Promise<string> {
  if (given.isExclusive && quota !== 1)
    throw invalid(['input', 'quota'], 'EXCLUSIVE', { en: 'An exclusive territory has one place.', 'zh-CN': '独家区域只能有一个名额。' });
  if (!/^[A-Z]{2}$/.test(country))
    throw invalid(['input', 'country'], 'COUNTRY', {
      en: 'Give a country as two letters, such as CN.',
      'zh-CN': '请用两位字母表示国家，如 CN。',
    });
  expectOnEarth(outline ?? []);
  use.refuseTaken('territories_name', nameTaken);
  const row = use.em.create(Territory, { ...given, country, quota, outline: outline ?? null });
  await use.em.flush();
  return row.id;
}

/** Where a territory lies on a map. @throws ValidationFailed */
export async function drawTerritory(use: UseCase, territoryId: string, outline: readonly Corner[]): Promise<void> {
  expectOnEarth(outline);
  (await use.em.findOneOrFail(Territory, territoryId)).outline = outline;
}
function expectOnEarth(outline: readonly Corner[]): void {
  const odd = faultyCorner(outline);
  if (odd)
    throw invalid(['input', 'outline', ...odd], 'OUT_OF_RANGE', {
      en: 'Latitudes lie between -90 and 90 degrees, longitudes between -180 and 180.',
      'zh-CN': '纬度须在 -90 至 90 度之间，经度须在 -180 至 180 度之间。',
    });
}

/** Another sheet from now on: applications that are scored keep theirs. @throws ValidationFailed for a key that stands twice */
export async function addScoreSheet(
  use: UseCase,
  row: BrandRow,
  { criteria, threshold }: { readonly criteria: readonly Criterion[]; readonly threshold: number },
): Promise<string> {
  if (new Set(criteria.map(({ key }) => key)).size !== criteria.length)
    throw invalid(['input', 'criteria'], 'TWICE', { en: 'A criterion stands twice.', 'zh-CN': '评分项重复。' });
  const position = (await use.em.count(ScoreSheet, { brandId: row.id })) + 1;
  const sheet = use.em.create(ScoreSheet, { brandId: row.id, position, criteria, threshold, createdAt: use.now });
  await use.em.flush();
  row.sheetId = sheet.id;
  return sheet.id;
}
