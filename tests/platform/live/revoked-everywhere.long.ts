import { revokedEverywhere } from './revoked-everywhere.table.ts';

// Promise 2 as it is given: for a machine that does nothing else.
revokedEverywhere(1_000);
