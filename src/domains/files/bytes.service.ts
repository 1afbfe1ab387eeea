import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  type ByteRange,
  brokenLineOf,
  FILE_KINDS,
  type FileKind,
  freshPath,
  isAsTold,
  isPicture,
  isText,
  kindOfContent,
  mayEverHold,
  measured,
  type Received,
  receive,
  rightUnder,
  TellingPdfError,
  UnreadablePictureError,
  uuidv7,
  writeClean,
  writeWithoutAuthors,
} from '../../sdk/core.ts';
import { type FilesService, forbidden, type KnownFile, type NewFile, type Transaction } from '../../sdk/index.ts';
import { attach, detach, detachAll, KNOWN, known, retain } from './attaching.service.ts';
import type { FileDoor } from './file.door.ts';
import { File, newFileId } from './file.entity.ts';

export { TellingPdfError, UnreadablePictureError };

/** What is in a file is not what its sender has called it. */
export class OtherKindError extends Error {
  /** Of a text with bytes of no character: where the first of them are, counted from 1. */
  readonly line: number | undefined;
  constructor(line?: number) {
    super();
    this.line = line;
  }
}

/** Bytes that lie in the storage, and what their row says of them. */
export interface Stored {
  readonly storage_key: string;
  readonly thumbnail_key: string | null;
  readonly size: number;
  readonly sha256: string;
  /** Of what came: a picture is stored without what its camera knew, and a PDF, where its purpose says so, without its properties. */
  readonly sent_sha256: string;
}

/** What a file was announced as. */
interface Announced {
  readonly kind: FileKind;
  readonly withoutAuthors?: boolean;
}
/**
 * Looks what was received, and puts it into the storage. Whatever happens, nothing is left where it was received.
 * @throws OtherKindError, UnreadablePictureError, TellingPdfError
 */
export async function checkIn(door: FileDoor, organizationId: string, received: Received, told: Announced): Promise<Stored> {
  const { incoming } = door.store;
  const { kind } = told;
  const [clean, thumbnail] = [await freshPath(incoming), await freshPath(incoming)];
  const isSilenced = kind === 'PDF' && told.withoutAuthors === true;
  try {
    if (!isAsTold(await kindOfContent(received.path), kind))
      throw new OtherKindError(isText(kind) ? await brokenLineOf(received.path) : undefined);
    if (isPicture(kind)) await writeClean(received.path, kind, clean, thumbnail);
    if (isSilenced) await writeWithoutAuthors(received.path, clean);
    const { path, size, sha256 } = isPicture(kind) || isSilenced ? await measured(clean) : received;
    const thumbnail_key = isPicture(kind) ? await put(door, organizationId, thumbnail) : null;
    return { storage_key: await put(door, organizationId, path), thumbnail_key, size, sha256, sent_sha256: received.sha256 };
  } finally {
    await Promise.all([received.path, clean, thumbnail].map((path) => rm(path, { force: true })));
  }
}

async function put({ store }: FileDoor, organizationId: string, path: string): Promise<string> {
  const key = `${organizationId}/${uuidv7()}`;
  await store.storage.put(key, path);
  return key;
}

/** What came to nothing: its bytes go as well. */
export async function discard({ store }: FileDoor, { storage_key, thumbnail_key }: Stored): Promise<void> {
  for (const key of [storage_key, thumbnail_key]) if (key) await store.storage.delete(key);
}

const files = { files: File.table };

async function keep(door: FileDoor, { organizationId, name, kind, purpose, seat, bytes, most }: NewFile): Promise<KnownFile> {
  const registered = door.purposeOf(purpose.purpose);
  const rule = registered?.madeFor;
  if (!registered || !rule)
    throw new Error(`No loaded module has registered ${purpose.purpose} as a purpose of files that the server makes.`);
  if (!mayEverHold(rule, seat)) throw forbidden(rule);
  const received = await receive(bytes, door.store.incoming, { most });
  const stored = await checkIn(door, organizationId, received, { ...registered, kind });
  const now = door.now();
  const row = {
    ...stored,
    id: newFileId(),
    name,
    kind,
    mime_type: FILE_KINDS[kind],
    purpose: purpose.purpose,
    ...rightUnder(rule, seat),
    state: 'STORED' as const,
    uploader_id: seat.id,
    uploader_kind: seat.kind,
    created_at: now,
    stored_at: now,
  };
  await door.within(organizationId, async (transaction) => transaction.insert(File.table, row));
  return known(row);
}

type Asking = ReturnType<typeof askedOn>;
const askedOn = (transaction: Transaction) => transaction.on(files);
const stored = (asking: Pick<Asking, 'selectFrom'>, fileId: string) =>
  asking
    .selectFrom('files')
    .select([...KNOWN, 'storage_key'])
    .where('id', '=', fileId)
    .where('state', '=', 'STORED')
    .executeTakeFirst();

const bytesOf = async (door: FileDoor, row: Awaited<ReturnType<typeof stored>>, range?: ByteRange): Promise<Readable> => {
  if (!row) throw new Error('There are no bytes of this file.');
  return door.store.storage.get(row.storage_key!, range);
};

/** Files as other modules use them. */
export const filesOn = (door: FileDoor): FilesService => ({
  attach,
  detach,
  detachAll,
  retain,
  find: async (organizationId, fileId) => {
    const row = await door.within(organizationId, (transaction) => stored(askedOn(transaction), fileId));
    return row && known(row);
  },
  read: async (organizationId, fileId, range) =>
    bytesOf(door, await door.within(organizationId, (transaction) => stored(askedOn(transaction), fileId)), range),
  readWithin: async (use, fileId) => bytesOf(door, await stored(use.on(File), fileId)),
  keep: (file) => keep(door, file),
});
