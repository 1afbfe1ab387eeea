import type { BackupFormat, BackupHead, CheckedBackup, TableSelection } from '@guichet/backup';
import { z } from 'zod';
import { APP_ROLE, IDENTITY_ROLE, WORKER_ROLE } from '../../platform/database/server-roles.ts';
import { QUEUE_SCHEMA } from '../../platform/jobs/job-queue.ts';

const about = z.object({
  /** Version of Guichet that made it. */
  guichet: z.string(),
  migrations: z.array(z.object({ module: z.string(), name: z.string(), checksum: z.string() })),
});
export type AboutInstallation = z.infer<typeof about>;
export type InstallationHead = BackupHead<AboutInstallation>;
export type InstallationBackup = CheckedBackup<AboutInstallation>;

/** Backups of an installation: what wrote them, and which migrations made their tables. */
export const FORMAT: BackupFormat<AboutInstallation> = {
  name: 'guichet-backup',
  version: 1,
  program: 'Guichet',
  about,
  versionOf: (head) => about.pick({ guichet: true }).safeParse(head).data?.guichet,
};

/**
 * Tables that one of the server's roles may use, and the ledger of migrations: those of plugins that are gone as well, and nobody else's. What
 * carries jobs to workers is left out: they are sent again.
 */
export const SELECTION: TableSelection = {
  grantees: [APP_ROLE, IDENTITY_ROLE, WORKER_ROLE],
  beside: ['schema_migrations'],
  without: [QUEUE_SCHEMA],
};
