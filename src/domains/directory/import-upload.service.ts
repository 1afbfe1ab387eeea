import { type FilePurpose, filesService, notFound, type UseCase } from '../../sdk/index.ts';

const PATH = ['input', 'uploadId'];
/** For how long a table waits for its real import, from a dry run on. */
const WAITS = 24 * 3_600_000;

interface SentTable {
  readonly uploadId: string;
  readonly purpose: FilePurpose;
  /** The import. */
  readonly to: { readonly type: string; readonly id: string };
  readonly isDryRun: boolean;
}

/**
 * Hangs the table that the seat has sent on its import. A dry run uses nothing up: the table stays what the seat has sent, and waits a day
 * more. @throws NotFound
 */
export async function takeTable(use: UseCase, { uploadId, purpose: { purpose }, to, isDryRun }: SentTable): Promise<void> {
  if (isDryRun) await keepTable(use, uploadId, purpose);
  else await use.service(filesService).attach(use, { uploadId, purpose, to, path: PATH });
}

/** The table stays what the seat has sent, and waits a day more. @throws NotFound */
export async function keepTable(use: UseCase, uploadId: string, purpose: string): Promise<void> {
  const kept = await use.service(filesService).retain(use, { uploadIds: [uploadId], purpose, until: new Date(use.now.getTime() + WAITS) });
  if (!kept.has(uploadId)) throw notFound({}, PATH);
}
