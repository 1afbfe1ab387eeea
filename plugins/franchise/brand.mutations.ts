import { type GuichetBuilder, type PayloadFields, types, versionConflict } from '@guichet/sdk';
import { MOST_MEMBERS } from './brand.graphql.ts';
import { addBrand, addScoreSheet, addTerritory, drawTerritory, heldBrand, setCommittee } from './brand.service.ts';
import { MOST_POINTS_OF_ONE } from './franchise.rules.ts';
import { franchise } from './permissions.ts';
import { FranchiseBrand, FranchiseCommitteeMode, FranchiseScoreSheet, FranchiseTerritory } from './refs.ts';

const { staff, manage } = franchise;

const theBrand = (t: PayloadFields<{ brand: string }>) =>
  t.loaded(FranchiseBrand, 'brand', { description: 'The brand as it is now.', rule: staff });
const ofBrand = { description: 'The `version` of the brand that you read.' };

/** What admins say of brands. */
export function brandMutations(builder: GuichetBuilder): void {
  const memberIds = { description: 'Who decides.', least: 1, most: MOST_MEMBERS };
  const memberPath = (i: number) => ['input', 'memberIds', String(i)];
  builder.useCase('addFranchiseBrand', {
    description: 'Adds a brand, with its committee.',
    rule: manage,
    doesOnce: true,
    input: (t) => ({
      name: t.name({ description: 'Its name.', max: 100 }),
      description: t.text({ description: 'What it stands for.', max: 5_000 }),
      deposit: t.money({ description: 'What applicants deposit.', least: 1 }),
      committeeMode: t.choice(FranchiseCommitteeMode, { description: 'How its committee decides.' }),
      memberIds: t.globalIds(types.Employee, memberIds),
    }),
    guard: (use, given) => use.findAll('Employee', given.memberIds, memberPath),
    run: async (use, given) => ({ brand: await addBrand(use, given) }),
    success: (t) => ({ brand: theBrand(t) }),
  });
  builder.useCase('setFranchiseCommittee', {
    description: 'Says who decides about applications for a brand from now on. Committees that are asked go on as they are.',
    rule: manage,
    input: (t) => ({
      brandId: t.globalId(FranchiseBrand, { description: 'The brand.' }),
      expectedVersion: t.integer(ofBrand),
      committeeMode: t.choice(FranchiseCommitteeMode, { description: 'How they decide.' }),
      memberIds: t.globalIds(types.Employee, memberIds),
    }),
    refusals: [versionConflict],
    guard: async (use, given) => {
      await use.findAll('Employee', given.memberIds, memberPath);
      await use.authorize('FranchiseBrand', given.brandId, manage, { path: ['input', 'brandId'] });
      return heldBrand(use, given.brandId, given.expectedVersion);
    },
    run: async (use, given, row) => {
      await setCommittee(use, row, given);
      return { brand: given.brandId };
    },
    success: (t) => ({ brand: theBrand(t) }),
  });
  declareTerritories(builder);
  declareSheets(builder);
}

function declareTerritories(builder: GuichetBuilder): void {
  const Corner = builder.inputType('FranchiseCornerInput', {
    description: 'A corner of a territory on a map, as it is drawn.',
    fields: (t) => ({
      latitude: t.field({ type: 'Decimal', description: 'In degrees, to the north.', required: true }),
      longitude: t.field({ type: 'Decimal', description: 'In degrees, to the east.', required: true }),
    }),
  });
  builder.useCase('addFranchiseTerritory', {
    description: 'Adds a territory of a brand.',
    rule: manage,
    doesOnce: true,
    input: (t) => ({
      brandId: t.globalId(FranchiseBrand, { description: 'The brand.' }),
      name: t.name({ description: 'Its name.', max: 100 }),
      area: t.text({ description: 'What belongs to it.', max: 1_000 }),
      country: t.text({ description: 'Its country, as two letters.', min: 2, max: 2 }),
      isExclusive: t.flag({ description: 'Whether it has one store alone.' }),
      outline: t.listOf(Corner, { description: 'Its corners on a map, in their order.', least: 3, most: 200, required: false }),
      quota: t.integer({ description: 'How many stores it may have; 1 where it is left out.', min: 1, max: 999, required: false }),
    }),
    guard: (use, { brandId }) => use.find('FranchiseBrand', brandId, ['input', 'brandId']),
    run: async (use, given) => ({ territory: await addTerritory(use, given) }),
    success: (t) => ({
      territory: t.loaded(FranchiseTerritory, 'territory', { description: 'The territory.', rule: staff }),
    }),
  });
  builder.useCase('drawFranchiseTerritory', {
    description: 'Says where a territory lies on a map: front ends color it by `isFree`, and inside by `availability`.',
    rule: manage,
    doesOnce: true,
    input: (t) => ({
      territoryId: t.globalId(FranchiseTerritory, { description: 'The territory.' }),
      outline: t.listOf(Corner, { description: 'Its corners, in their order.', least: 3, most: 200 }),
    }),
    guard: (use, { territoryId }) => use.authorize('FranchiseTerritory', territoryId, manage, { path: ['input', 'territoryId'] }),
    run: async (use, { territoryId, outline }) => {
      await drawTerritory(use, territoryId, outline);
      return { territory: territoryId };
    },
    success: (t) => ({
      territory: t.loaded(FranchiseTerritory, 'territory', { description: 'The territory.', rule: staff }),
    }),
  });
}

function declareSheets(builder: GuichetBuilder): void {
  const Criterion = builder.inputType('FranchiseCriterionInput', {
    description: 'What is to be scored, from 0 to 10.',
    fields: (t) => ({
      key: t.name({ description: 'A word for it, such as `location`.', max: 40 }),
      label: t.name({ description: 'What people read.', max: 200 }),
      weight: t.integer({ description: 'How much it counts.', min: 1, max: 100 }),
      knockOutBelow: t.integer({
        description: 'Fewer points knock an application out.',
        min: 1,
        max: MOST_POINTS_OF_ONE,
        required: false,
      }),
    }),
  });
  builder.useCase('addScoreSheet', {
    description: 'Says how applications for a brand are scored from now on. Those that are scored already keep their sheet.',
    rule: manage,
    input: (t) => ({
      brandId: t.globalId(FranchiseBrand, { description: 'The brand.' }),
      expectedVersion: t.integer(ofBrand),
      criteria: t.listOf(Criterion, { description: 'What is scored.', least: 1, most: 30 }),
      threshold: t.integer({ description: 'A good score, in hundredths of a point of ten.', min: 0, max: 1_000 }),
    }),
    refusals: [versionConflict],
    guard: async (use, { brandId, expectedVersion }) => {
      await use.authorize('FranchiseBrand', brandId, manage, { path: ['input', 'brandId'] });
      return heldBrand(use, brandId, expectedVersion);
    },
    run: async (use, { criteria, threshold }, row) => {
      const all = criteria.map(({ knockOutBelow = null, ...one }) => ({ ...one, knockOutBelow }));
      return { sheet: await addScoreSheet(use, row, { criteria: all, threshold }), brand: row.id };
    },
    success: (t) => ({
      sheet: t.loaded(FranchiseScoreSheet, 'sheet', { description: 'The sheet.', rule: staff }),
      brand: theBrand(t),
    }),
  });
}
