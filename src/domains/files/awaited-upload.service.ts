import { type FileKind, mayEverHold } from '../../sdk/core.ts';
import type { Seat, UseCase } from '../../sdk/index.ts';
import type { Stored } from './bytes.service.ts';
import type { FileDoor } from './file.door.ts';
import { File } from './file.entity.ts';
import type { Link } from './link.token.ts';
import { purposeOf } from './upload.service.ts';

/** An upload whose bytes a seat may send now, or has sent. */
export interface AwaitedUpload {
  readonly seat: Seat;
  readonly id: string;
  readonly kind: FileKind;
  /** As its purpose says. */
  readonly withoutAuthors: boolean;
  readonly size: number;
  /** Hash of what was sent, once it was. */
  readonly sentSha256: string | null;
}

/** Who holds a link, as long as its session and its seat last. */
export async function holderOf(door: FileDoor, { sessionId, seatId }: Link): Promise<Seat | undefined> {
  const seat = await door.seatOf(sessionId);
  return seat?.id === seatId ? seat : undefined;
}

/** Undefined where the link's seat is gone, has sent no such thing, or may not send it any more. */
export async function awaitedUpload(door: FileDoor, link: Link): Promise<AwaitedUpload | undefined> {
  const seat = await holderOf(door, link);
  return seat && door.look(seat, (use) => awaited(use, link.fileId));
}

async function awaited(use: UseCase, id: string): Promise<AwaitedUpload | undefined> {
  const row = await use
    .on(File)
    .selectFrom('files')
    .select(['kind', 'size', 'purpose', 'sent_sha256'])
    .where('id', '=', id)
    .where('uploader_id', '=', use.seat.id)
    .executeTakeFirst();
  if (!row) return undefined;
  const purpose = purposeOf(use, row.purpose);
  if (!purpose?.mayUpload || !mayEverHold(purpose.mayUpload, use.seat)) return undefined;
  const { withoutAuthors = false } = purpose;
  return { seat: use.seat, id, kind: row.kind, withoutAuthors, size: Number(row.size), sentSha256: row.sent_sha256 };
}

/** Whether the bytes are the row's now, and the hash of what was sent by whoever was first. */
export interface Noted {
  readonly isFirst: boolean;
  readonly sentSha256: string | undefined;
}
/** Notes that the bytes are there: of several who send them at once, the first alone. */
export async function noteStored(use: UseCase, id: string, stored: Stored): Promise<Noted> {
  const { numUpdatedRows: noted } = await use
    .on(File)
    .updateTable('files')
    .set({ ...stored, state: 'STORED', stored_at: use.now })
    .where('id', '=', id)
    .where('uploader_id', '=', use.seat.id)
    .where('state', '=', 'PENDING')
    .executeTakeFirst();
  if (noted) return { isFirst: true, sentSha256: stored.sent_sha256 };
  const row = await use.on(File).selectFrom('files').select('sent_sha256').where('id', '=', id).executeTakeFirst();
  return { isFirst: false, sentSha256: row?.sent_sha256 ?? undefined };
}
