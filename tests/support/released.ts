import type { MigrationSet } from '../../src/platform/database/migrations.ts';

/** How many migrations each module had in 0.1. */
const OF_0_1: Readonly<Record<string, number>> = {
  core: 3,
  accounts: 1,
  organization: 1,
  directory: 2,
  contacts: 3,
  interactions: 2,
  'service-window': 2,
  forms: 2,
  audit: 1,
  ordering: 2,
};

/** What a server of 0.1 would have applied of these. */
export const releasedOf = (sets: readonly MigrationSet[]): MigrationSet[] =>
  sets
    .filter(({ module }) => OF_0_1[module])
    .map(({ module, migrations }) => ({ module, migrations: migrations.slice(0, OF_0_1[module]) }));
