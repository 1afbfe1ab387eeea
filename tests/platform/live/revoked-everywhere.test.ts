import { revokedEverywhere } from './revoked-everywhere.table.ts';

revokedEverywhere(Number.POSITIVE_INFINITY);
