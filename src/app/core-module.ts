import { eventStreams, events } from '../platform/events/events.table.ts';
import { idempotencyKeys } from '../platform/use-case/idempotency.ts';
import { defineModule, readMigrations } from '../sdk/index.ts';

/** Tables of the platform itself. */
export const coreModule = defineModule({
  name: 'core',
  version: '0.1.0',
  description: 'Idempotency keys and events.',
  needs: ['organization'],
  tables: [idempotencyKeys, events, eventStreams],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
});
