import { identityDoor, phoneTelling, seatNames } from '../domains/accounts/index.ts';
import { fileDoor } from '../domains/files/index.ts';
import { joinDoor } from '../domains/joining/index.ts';
import { notifierList, subjectSight } from '../domains/notifications/index.ts';
import { pluginList } from '../domains/organization/index.ts';
import { ClockTurn } from '../platform/jobs/clock-turn.entity.ts';
import { Job } from '../platform/jobs/job.entity.ts';
import { Event, EventStream } from '../platform/live/event.entity.ts';
import { RightsVersion } from '../platform/permissions/rights-version.entity.ts';
import { IdempotencyKey } from '../platform/write/idempotency.ts';
import { serverSecret } from '../platform/write/server-secret.ts';
import { cursorSealer, defineModule, filesService, moduleLog, organizationData, readMigrations } from '../sdk/index.ts';

/** Tables of the platform itself. */
export const coreModule = defineModule({
  name: 'core',
  version: '0.1.0',
  description: 'Idempotency keys, events, jobs, and versions of rights.',
  needs: ['organization'],
  entities: [IdempotencyKey, Event, EventStream, RightsVersion, Job, ClockTurn],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
});

/** What the server itself provides, beside the modules; no module can. */
export const CORE_SERVICES = [
  identityDoor,
  seatNames,
  phoneTelling,
  serverSecret,
  cursorSealer,
  organizationData,
  pluginList,
  fileDoor,
  joinDoor,
  filesService,
  subjectSight,
  notifierList,
  moduleLog,
] as const;
