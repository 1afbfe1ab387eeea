import { refs, tenantEntity } from '@guichet/sdk';

export const COMMITTEE_MODES = ['ALL', 'MAJORITY'] as const;

/** A brand that stores are opened under. */
export const Brand = tenantEntity(
  'plg_franchise.brands',
  (t) => ({
    version: t.version(),
    name: t.text(),
    description: t.text(),
    committeeMode: t.oneOf(...COMMITTEE_MODES),
    /** The deposit that its applicants pay. */
    depositMinor: t.bigint().check('deposit_minor >= 0'),
    currency: t.text(),
    /** The sheet by which applications are scored from now on. */
    sheetId: t.uuid().nullable(),
    committeeSince: t.timestamptz(),
  }),
  { indexes: { brands_name: { columns: ['name'], unique: true } } },
);

/** Who decides about applications for a brand. */
export const CommitteeMember = tenantEntity('plg_franchise.members', (t) => ({
  brandId: t.idOf(() => Brand).primary(),
  employeeId: t.idOf(() => refs.Employee).primary(),
}));

/** A corner of a territory, in degrees as they were written. */
export interface Corner {
  readonly latitude: string;
  readonly longitude: string;
}
/** Where stores of a brand may be: an exclusive one has one place, others as many as their quota. */
export const Territory = tenantEntity(
  'plg_franchise.territories',
  (t) => ({
    version: t.version(),
    brandId: t.idOf(() => Brand),
    name: t.text(),
    area: t.text(),
    /** ISO 3166-1, whose law decides how long an applicant thinks it over. */
    country: t.text(),
    isExclusive: t.boolean(),
    quota: t.integer().check('quota between 1 and 999'),
    /** Corners on a map, in their order; null: it is drawn on none. */
    outline: t.json<readonly Corner[]>().nullable(),
  }),
  {
    checks: { territories_exclusive: 'not is_exclusive or quota = 1' },
    indexes: { territories_name: { columns: ['brandId', 'name'], unique: true } },
  },
);

/** What is scored, from 0 to 10. */
export interface Criterion {
  /** A word of the sheet: `location`. */
  readonly key: string;
  readonly label: string;
  readonly weight: number;
  /** Fewer points than this knock an application out; null: none do. */
  readonly knockOutBelow: number | null;
}
/** How applications for a brand are scored. A sheet is never changed: another one takes its place, and applications keep the one they were begun with. */
export const ScoreSheet = tenantEntity(
  'plg_franchise.score_sheets',
  (t) => ({
    brandId: t.idOf(() => Brand),
    position: t.integer(),
    criteria: t.json<readonly Criterion[]>(),
    /** Hundredths of a point, of 1,000. */
    threshold: t.integer(),
    createdAt: t.timestamptz(),
  }),
  { indexes: { score_sheets_position: { columns: ['brandId', 'position'], unique: true } } },
);

export const brands = Brand.table;
export const members = CommitteeMember.table;
export const territories = Territory.table;
export const scoreSheets = ScoreSheet.table;
