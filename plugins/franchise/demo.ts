import type { UseCase } from '@guichet/sdk';
import { Brand, CommitteeMember, ScoreSheet, Territory } from './brand.entity.ts';

const CRITERIA = [
  { key: 'capital', label: 'Means', weight: 3, knockOutBelow: 4 },
  { key: 'experience', label: 'Experience', weight: 2, knockOutBelow: null },
  { key: 'location', label: 'Location', weight: 5, knockOutBelow: 3 },
];
const TERRITORIES = [
  { name: 'Lakeside', area: 'The lake and two streets behind it', country: 'CN', isExclusive: true, quota: 1 },
  { name: 'Old Town', area: 'Within the ring road', country: 'CN', isExclusive: false, quota: 3 },
  { name: 'Seattle', area: 'King County', country: 'US', isExclusive: true, quota: 1 },
];

/** A brand with a committee of one, a score sheet and territories, unless the organization has one. */
export async function demo(use: UseCase): Promise<void> {
  if (await use.em.findOne(Brand, {}, { orderBy: { id: 'asc' } })) return;
  const brand = use.em.create(Brand, {
    name: 'Morning Tea',
    description: 'Small tea houses that open early.',
    committeeMode: 'ALL',
    depositMinor: 2_000_000,
    currency: 'CNY',
    sheetId: null,
    committeeSince: use.now,
  });
  await use.em.flush();
  const sheet = use.em.create(ScoreSheet, { brandId: brand.id, position: 1, criteria: CRITERIA, threshold: 650, createdAt: use.now });
  use.em.create(CommitteeMember, { brandId: brand.id, employeeId: use.seat.id });
  for (const territory of TERRITORIES) use.em.create(Territory, { ...territory, brandId: brand.id });
  await use.em.flush();
  brand.sheetId = sheet.id;
}
