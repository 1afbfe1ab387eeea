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
  const files = use.service(filesService);
  if (!isDryRun) {
    await files.attach(use, { uploadId, purpose, to, path: PATH });
    return;
  }
  const kept = await files.retain(use, { uploadIds: [uploadId], purpose, until: new Date(use.now.getTime() + WAITS) });
  if (!kept.has(uploadId)) throw notFound({}, PATH);
}
