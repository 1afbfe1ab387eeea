import { FILE_KINDS, kindOfType, mayEverHold } from '../../sdk/core.ts';
import { type FilePurpose, filePurposes, forbidden, rateLimited, type UseCase } from '../../sdk/index.ts';
import { File, newFileId } from './file.entity.ts';
import { fileKindNotAllowed, fileTooLarge } from './file.errors.ts';

/** How much of a seat's may wait for something to hang on. */
const MOST_LOOSE = { files: 200, bytes: 2 * 1024 ** 3 };

/** Undefined for a purpose that no loaded module has registered, such as one of a plugin that is gone. */
export const purposeOf = (use: UseCase, word: string): FilePurpose | undefined =>
  use.registered(filePurposes).find(({ purpose }) => purpose === word);

/** @throws FORBIDDEN where the seat may send nothing for this purpose, as nobody may for one of files that the server writes */
export function mayUploadFor(use: UseCase, word: string): FilePurpose {
  const purpose = purposeOf(use, word);
  if (!purpose?.mayUpload || !mayEverHold(purpose.mayUpload, use.seat)) throw forbidden(purpose?.mayUpload);
  return purpose;
}

export interface NewUpload {
  readonly name: string;
  readonly size: number;
  readonly mimeType: string;
  readonly purpose: string;
}

/** Announces a file whose bytes will be sent. @returns its id. @throws FileTooLarge, FileKindNotAllowed, RATE_LIMITED */
export async function createUpload(
  use: UseCase,
  { name, size, mimeType, purpose: word }: NewUpload,
  purpose: FilePurpose,
): Promise<string> {
  if (size > purpose.most) throw fileTooLarge({ most: purpose.most }, ['input', 'size']);
  const kind = kindOfType(mimeType);
  if (!kind || !purpose.kinds.includes(kind))
    throw fileKindNotAllowed({ mimeTypes: purpose.kinds.map((one) => FILE_KINDS[one]) }, ['input', 'mimeType']);
  await leaveRoom(use, size);
  const id = newFileId();
  use.on(File).add({
    id,
    name,
    size,
    mime_type: FILE_KINDS[kind],
    kind,
    purpose: word,
    state: 'PENDING',
    uploader_id: use.seat.id,
    uploader_kind: use.seat.kind,
    created_at: use.now,
  });
  return id;
}

/** What hangs on nothing is counted for each seat, in turns: it is gone by itself a day later. */
async function leaveRoom(use: UseCase, size: number): Promise<void> {
  await use.takeTurn(`uploads:${use.seat.id}`);
  const { files, bytes } = await use
    .on(File)
    .selectFrom('files')
    .select((of) => [of.fn.countAll<string>().as('files'), of.fn.coalesce(of.fn.sum<string>('size'), of.lit(0)).as('bytes')])
    .where('uploader_id', '=', use.seat.id)
    .where('attached_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(files) >= MOST_LOOSE.files || Number(bytes) + size > MOST_LOOSE.bytes)
    throw rateLimited(
      {
        en: 'You have sent too much that is not used yet: use it, or wait until tomorrow.',
        'zh-CN': '您上传的未使用文件过多，请先使用或明日再试。',
      },
      3_600,
    );
}
