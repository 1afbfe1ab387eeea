import { Gauge, Histogram, type Registry } from 'prom-client';
import type { TransferPlaces } from '../domains/files/index.ts';
import { observeWaits } from '../platform/database/pool.ts';
import type { ReadDatabase } from '../platform/database/read-database.ts';
import type { Shares } from '../platform/database/shares.ts';
import { readAtScrape } from '../platform/metrics/read-at-scrape.ts';
import { planCounts } from '../platform/read/bound-field.ts';
import type { Pools } from './databases.ts';
import { VERSION } from './version.ts';

/** Figures of what all requests share: pools, reads, plans, and which program this is. */
export function registerServerMetrics(
  registry: Registry,
  {
    pools,
    shares,
    reads,
    files,
  }: {
    readonly pools: Pools;
    readonly shares: Shares;
    readonly reads: ReadDatabase;
    readonly files: TransferPlaces;
  },
): void {
  registerPools(registry, pools);
  registerShares(registry, shares);
  readAtScrape(registry, 'counter', 'guichet_read_statements_total', 'Statements that root fields were read by.', undefined, () => ({
    '': reads.statements,
  }));
  readAtScrape(registry, 'gauge', 'guichet_file_transfers', 'Files that are being sent and read now.', 'act', () => ({
    sent: files.sent.count,
    read: files.read.count,
  }));
  readAtScrape(
    registry,
    'counter',
    'guichet_plans_total',
    'Plans of root fields that were known, or had to be made.',
    'result',
    () => planCounts,
  );
  const build = new Gauge({
    name: 'guichet_build_info',
    help: 'Which program this is; always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  });
  build.labels(VERSION, process.version).set(1);
}

function registerPools(registry: Registry, { end: _, workerUrl: __, ...all }: Pools): void {
  const pools = Object.entries(all);
  new Gauge({
    name: 'guichet_pool_connections',
    help: 'Connections to the database: busy, idle, and how many there may be.',
    labelNames: ['pool', 'state'],
    registers: [registry],
    collect() {
      for (const [name, pool] of pools) {
        this.labels(name, 'idle').set(pool.idleCount);
        this.labels(name, 'busy').set(pool.totalCount - pool.idleCount);
        this.labels(name, 'most').set(pool.options.max);
      }
    },
  });
  readAtScrape(registry, 'gauge', 'guichet_pool_waiting', 'Who waits for a connection now.', 'pool', () =>
    Object.fromEntries(pools.map(([name, pool]) => [name, pool.waitingCount])),
  );
  const waits = new Histogram({
    name: 'guichet_pool_wait_seconds',
    help: 'How long somebody waited for a connection, where none was idle.',
    labelNames: ['pool'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 5],
    registers: [registry],
  });
  for (const [name, pool] of pools) {
    const waited = waits.labels(name);
    observeWaits(pool, (seconds) => waited.observe(seconds));
  }
}

function registerShares(registry: Registry, shares: Shares): void {
  const waiting = 'Who waits for a turn at the connections of requests, by whose share is used up.';
  readAtScrape(registry, 'gauge', 'guichet_share_waiting', waiting, 'share', () => shares.waiting);
  const refused = 'Who was refused because their turn did not come, by whose share was used up.';
  readAtScrape(registry, 'counter', 'guichet_share_refusals_total', refused, 'share', () => shares.refused);
}

/** How long the start took, from the process's beginning until it listens. */
export function recordStart(registry: Registry): void {
  new Gauge({ name: 'guichet_start_seconds', help: 'From the start of the process until it listened.', registers: [registry] }).set(
    performance.now() / 1000,
  );
}
