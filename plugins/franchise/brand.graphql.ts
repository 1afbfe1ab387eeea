import {
  COLLEAGUE,
  EXTERNAL,
  type GuichetBuilder,
  type PayloadFields,
  refuseSuspended,
  sql,
  types,
  valueFrom,
  versionConflict,
} from '@guichet/sdk';
import { holds } from './application.entity.ts';
import { catalogueRoles, staffRoles } from './application.roles.ts';
import { members } from './brand.entity.ts';
import { addBrand, addScoreSheet, addTerritory, heldBrand, setCommittee } from './brand.service.ts';
import { MOST_POINTS_OF_ONE } from './franchise.rules.ts';
import { franchise } from './permissions.ts';
import {
  FranchiseApplication,
  FranchiseAvailability,
  FranchiseBrand,
  FranchiseCommitteeMode,
  FranchiseHold,
  FranchiseScoreSheet,
  FranchiseTerritory,
} from './refs.ts';

const { catalogue, staff, manage, read } = franchise;
const MOST_MEMBERS = 15;

/** Brands, where they look for people, and how they score them. */
export function brandTypes(builder: GuichetBuilder): void {
  builder.words(FranchiseCommitteeMode);
  builder.words(FranchiseAvailability);
  builder.entity(FranchiseBrand, {
    description: 'A brand that stores are opened under.',
    roles: catalogueRoles,
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: catalogue }),
      version: t.column('version', { description: 'Raised by every change.', rule: staff }),
      name: t.column('name', { description: 'Its name.', rule: catalogue }),
      description: t.column('description', { description: 'What it stands for.', rule: catalogue }),
      deposit: t.money('deposit_minor', 'currency', { description: 'What applicants deposit.', rule: catalogue, nullable: false }),
      committeeMode: t.column('committee_mode', { type: FranchiseCommitteeMode, description: 'How its committee decides.', rule: staff }),
      committee: t.list(types.Employee, {
        through: { member: members },
        on: (brand, employee, { member }) => sql`${member.brand_id} = ${brand.id} and ${employee.id} = ${member.employee_id}`,
        description: 'Who decides.',
        rule: staff,
        atMost: MOST_MEMBERS,
      }),
      scoreSheet: t.relation(FranchiseScoreSheet, 'sheet_id', { description: 'How applications are scored from now on.', rule: staff }),
    }),
  });
  territoryTypes(builder);
  sheetType(builder);
  declareLists(builder);
  brandMutations(builder);
}

function territoryTypes(builder: GuichetBuilder): void {
  builder.entity(FranchiseTerritory, {
    description: 'Where stores of a brand may be.',
    roles: catalogueRoles,
    listedFor: [COLLEAGUE, EXTERNAL],
    filters: {
      brand: { compares: 'id', type: 'FranchiseBrand', column: 'brand_id', rule: catalogue, description: 'By brand.' },
      country: { compares: 'text', column: 'country', rule: catalogue, description: 'By country.' },
    },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: catalogue }),
      brand: t.relation(FranchiseBrand, 'brand_id', { description: 'Of which brand.', rule: catalogue }),
      name: t.column('name', { description: 'Its name.', rule: catalogue }),
      area: t.column('area', { description: 'What belongs to it.', rule: catalogue }),
      country: t.column('country', { description: 'Its country, as two letters.', rule: catalogue }),
      isExclusive: t.column('is_exclusive', { description: 'Whether it has one store alone.', rule: catalogue }),
      quota: t.column('quota', { description: 'How many stores it may have.', rule: staff }),
      isFree: t.expression(
        'Boolean',
        (row) =>
          sql`${valueFrom(row, { hold: holds }, ({ hold }) => ({ value: sql`count(*)`, where: sql`${hold.territory_id} = ${row.id} and ${hold.is_live}` }))} < ${row.quota}`,
        { description: 'Whether it has room.', rule: catalogue },
      ),
      availability: t.expression(
        FranchiseAvailability,
        (row) =>
          sql`case when ${valueFrom(row, { hold: holds }, ({ hold }) => ({ value: sql`count(*)`, where: sql`${hold.territory_id} = ${row.id} and ${hold.is_live}` }))} < ${row.quota} then 'FREE' when ${valueFrom(row, { kept: holds }, ({ kept }) => ({ value: sql`count(*)`, where: sql`${kept.territory_id} = ${row.id} and ${kept.is_live} and ${kept.until} is null` }))} < ${row.quota} then 'HELD' else 'TAKEN' end`,
        { description: 'Whether its places are free, kept or taken.', rule: staff },
      ),
      holds: t.pages(FranchiseHold, {
        on: (territory, hold) => sql`${hold.territory_id} = ${territory.id} and ${hold.is_live}`,
        description: 'Places that are kept, for applications that you have to do with.',
        rule: staff,
      }),
    }),
  });
  builder.entity(FranchiseHold, {
    description: 'A place in a territory that is kept for an application.',
    roles: builder.rolesThrough(FranchiseApplication, holds, 'application_id', read.roles),
    listedFor: read.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: read }),
      territory: t.relation(FranchiseTerritory, 'territory_id', { description: 'In which territory.', rule: read }),
      application: t.relation(FranchiseApplication, 'application_id', { description: 'For which application.', rule: read }),
      until: t.column('until', { description: 'The last day; null: for good.', rule: read }),
      isLive: t.column('is_live', { description: 'Whether it is kept.', rule: read }),
    }),
  });
}

function sheetType(builder: GuichetBuilder): void {
  const Criterion = builder
    .objectRef<{ key: string; label: string; weight: number; knockOutBelow: number | null }>('FranchiseCriterion')
    .implement({
      description: 'What is scored.',
      fields: (t) => ({
        key: t.exposeString('key', { description: 'A word for it.', rule: staff }),
        label: t.exposeString('label', { description: 'What people read.', rule: staff }),
        weight: t.exposeInt('weight', { description: 'How much it counts.', rule: staff }),
        knockOutBelow: t.exposeInt('knockOutBelow', {
          nullable: true,
          description: 'Fewer points knock an application out; null: none do.',
          rule: staff,
        }),
      }),
    });
  builder.entity(FranchiseScoreSheet, {
    description: 'How applications for a brand are scored. It is never changed: another one takes its place.',
    roles: staffRoles,
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule: staff }),
      brand: t.relation(FranchiseBrand, 'brand_id', { description: 'Of which brand.', rule: staff }),
      position: t.column('position', { description: 'The first is 1.', rule: staff }),
      criteria: t.field({
        type: [Criterion],
        description: 'What is scored.',
        rule: staff,
        needs: ['criteria'],
        resolve: ({ criteria }) => [...criteria],
      }),
      threshold: t.column('threshold', { description: 'A good score, in hundredths of a point of ten.', rule: staff }),
      createdAt: t.column('created_at', { description: 'When it was made.', rule: staff }),
    }),
  });
}

function declareLists(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    franchiseBrands: t.entityPages(FranchiseBrand, { description: 'Brands, the newest first.', rule: catalogue, check: refuseSuspended }),
    franchiseTerritories: t.entityPages(FranchiseTerritory, {
      description: 'Territories, the newest first.',
      rule: catalogue,
      check: refuseSuspended,
    }),
  }));
}

function brandMutations(builder: GuichetBuilder): void {
  const theBrand = (t: PayloadFields<{ brand: string }>) =>
    t.loaded(FranchiseBrand, 'brand', { description: 'The brand as it is now.', rule: staff });
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
  const ofBrand = { description: 'The `version` of the brand that you read.' };
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
      quota: t.integer({ description: 'How many stores it may have; 1 where it is left out.', min: 1, max: 999, required: false }),
    }),
    guard: (use, { brandId }) => use.find('FranchiseBrand', brandId, ['input', 'brandId']),
    run: async (use, given) => ({ territory: await addTerritory(use, given) }),
    success: (t) => ({
      territory: t.loaded(FranchiseTerritory, 'territory', { description: 'The territory.', rule: staff }),
    }),
  });
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
