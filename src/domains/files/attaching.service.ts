import { type Attaching, type KnownFile, notFound, type Retaining, type UseCase } from '../../sdk/index.ts';
import { File } from './file.entity.ts';
import { purposeOf } from './upload.service.ts';

export const KNOWN = ['id', 'name', 'size', 'kind', 'mime_type', 'sha256'] as const;
export const known = (row: {
  id: string;
  name: string;
  size: number;
  kind: KnownFile['kind'];
  mime_type: string;
  sha256: string | null;
}): KnownFile => ({
  fileId: row.id,
  name: row.name,
  size: Number(row.size),
  kind: row.kind,
  mimeType: row.mime_type,
  sha256: row.sha256!,
});

/** One conditional update: of two who attach one upload at once, the second finds none. */
export async function attach(use: UseCase, { uploadId, purpose, to, as, path }: Attaching): Promise<KnownFile> {
  const registered = purposeOf(use, purpose);
  if (!registered) throw new Error(`No loaded module has registered the purpose ${purpose}.`);
  const { readBy } = registered;
  if (readBy && readBy.type !== to.type) throw new Error(`Files for ${purpose} hang on ${readBy.type}, not on ${to.type}.`);
  const row = await use
    .on(File)
    .updateTable('files')
    .set({ attached_type: to.type, attached_id: to.id, attached_at: use.now })
    .where('id', '=', uploadId)
    .where('purpose', '=', purpose)
    .where('uploader_id', '=', use.seat.id)
    .where('state', '=', 'STORED')
    .where('attached_at', 'is', null)
    .returning(KNOWN)
    .executeTakeFirst();
  if (!row) throw notFound({}, path);
  if (as === undefined) return known(row);
  const name = `${as}.${endingOf(row.kind)}`;
  use.on(File).change({ id: row.id }, { name });
  return known({ ...row, name });
}
const endingOf = (kind: KnownFile['kind']): string => (kind === 'TEXT' ? 'txt' : kind.toLowerCase());

/** Nothing is written of a file that hangs on something, or that another seat has sent. */
export async function retain(use: UseCase, { uploadIds, purpose, until }: Retaining): Promise<ReadonlySet<string>> {
  if (uploadIds.length === 0) return new Set();
  const rows = await use
    .on(File)
    .updateTable('files')
    .set({ kept_until: until })
    .where('id', 'in', [...uploadIds])
    .where('purpose', '=', purpose)
    .where('uploader_id', '=', use.seat.id)
    .where('state', '=', 'STORED')
    .where('attached_at', 'is', null)
    .returning('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function detach(use: UseCase, from: Attaching['to'], fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  await use
    .on(File)
    .deleteFrom('files')
    .where('id', 'in', [...fileIds])
    .where('attached_type', '=', from.type)
    .where('attached_id', '=', from.id)
    .execute();
}

export async function detachAll(use: UseCase, type: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await use
    .on(File)
    .deleteFrom('files')
    .where((of) => of('attached_id', '=', of.fn.any(of.val([...ids]))))
    .where('attached_type', '=', type)
    .execute();
}
