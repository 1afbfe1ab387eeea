import { COLLEAGUE, EXTERNAL, type GuichetBuilder, refuseSuspended, sql, types, valueFrom } from '@guichet/sdk';
import { holds } from './application.entity.ts';
import { catalogueRoles, staffRoles } from './application.roles.ts';
import { members } from './brand.entity.ts';
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

const { catalogue, staff, read } = franchise;
export const MOST_MEMBERS = 15;

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
}

function territoryTypes(builder: GuichetBuilder): void {
  const Corner = builder.objectRef<{ latitude: string; longitude: string }>('FranchiseCorner').implement({
    description: 'A corner of a territory on a map.',
    fields: (t) => ({
      latitude: t.expose('latitude', { type: 'Decimal', description: 'In degrees, to the north.', rule: catalogue }),
      longitude: t.expose('longitude', { type: 'Decimal', description: 'In degrees, to the east.', rule: catalogue }),
    }),
  });
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
      outline: t.field({
        type: [Corner],
        nullable: true,
        description: 'Its corners on a map, in their order; null: it is drawn on none.',
        rule: catalogue,
        needs: ['outline'],
        resolve: ({ outline }) => (outline ? [...outline] : null),
      }),
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
