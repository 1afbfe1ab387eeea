import { pipeline } from 'node:stream/promises';
import { asAttachment, type ByteRange, type HttpExchange, rangeOf } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { holderOf } from './awaited-upload.service.ts';
import type { FileDoor } from './file.door.ts';
import { File } from './file.entity.ts';
import type { Link } from './link.token.ts';
import { notThere } from './not-there.ts';
import { file } from './permissions.ts';
import { TOO_MANY } from './sending.refusals.ts';
import { purposeOf } from './upload.service.ts';

/** A right that is lost is lost within a second (promise 2). */
const ASKED_AGAIN_MS = 500;

interface ReadableFile {
  readonly key: string;
  readonly name: string;
  readonly mimeType: string;
  readonly tag: string;
}

/** Gives bytes to the seat that a link was made out for, if it may still read what the file hangs on. */
export async function giveBytes(door: FileDoor, link: Link, exchange: HttpExchange): Promise<void> {
  const file = await fileOf(door, link);
  const size = file && (await door.store.storage.size(file.key));
  if (!file || size === undefined) return notThere(exchange);
  const leave = door.places.read.enter(link.seatId);
  if (!leave) return exchange.refuse(...TOO_MANY);
  try {
    await answer(door, link, { ...file, size }, exchange);
  } finally {
    leave();
  }
}

async function answer(door: FileDoor, link: Link, file: ReadableFile & { readonly size: number }, exchange: HttpExchange): Promise<void> {
  const { request, response } = exchange;
  const { key, tag, size } = file;
  tellHeaders(exchange, file);
  if (isKnown(request.headers['if-none-match'], tag)) return void response.writeHead(304).end();
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === tag;
  const range = request.method === 'GET' && isSame ? rangeOf(request.headers.range, size) : undefined;
  if (range === 'none') return tellNoRange(exchange, size);
  if (request.method === 'HEAD') return void response.writeHead(200, { 'Content-Length': size }).end();
  await give(door, link, key, { size, range }, exchange);
}

async function give(
  door: FileDoor,
  link: Link,
  key: string,
  { size, range }: { readonly size: number; readonly range: ByteRange | undefined },
  { response }: HttpExchange,
): Promise<void> {
  const bytes = await door.store.storage.get(key, range);
  const told = range ? { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` } : {};
  response.writeHead(range ? 206 : 200, { 'Content-Length': range ? range.end - range.start + 1 : size, ...told });
  const stop = whileReadable(door, link, () => response.destroy());
  // whoever leaves early is no fault; what else breaks off is heard of by the client, who was told the length
  await pipeline(bytes, response).catch(() => response.destroy());
  stop();
}

/** Undefined where the seat is gone, or may not read it. */
async function fileOf(door: FileDoor, link: Link): Promise<ReadableFile | undefined> {
  const seat = await holderOf(door, link);
  return seat && door.look(seat, (use) => readable(door, use, link));
}

/** Bytes may take long to go: a right that is lost meanwhile is lost for the rest of them. @returns what ends the watch */
function whileReadable(door: FileDoor, link: Link, lost: () => void): () => void {
  let asking = false;
  const look = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    const isLost = await fileOf(door, link).then(
      (file) => file === undefined,
      () => false,
    );
    asking = false;
    if (isLost) lost();
  };
  const timer = setInterval(() => void look(), ASKED_AGAIN_MS);
  return () => clearInterval(timer);
}

async function readable(door: FileDoor, use: UseCase, { fileId, act }: Link): Promise<ReadableFile | undefined> {
  const row = await use.on(File).selectFrom('files').selectAll().where('id', '=', fileId).where('state', '=', 'STORED').executeTakeFirst();
  const isThumbnail = act === 'READ_THUMBNAIL';
  const key = row && (isThumbnail ? row.thumbnail_key : row.storage_key);
  if (!key || !(await mayRead(door, use, row))) return undefined;
  return isThumbnail
    ? { key, name: `${row.name}.webp`, mimeType: 'image/webp', tag: `"${row.sha256}-thumbnail"` }
    : { key, name: row.name, mimeType: row.mime_type, tag: `"${row.sha256}"` };
}

/** A file obeys the rule of what it hangs on, and of nothing else; until then the type's own roles decide. */
async function mayRead(
  door: FileDoor,
  use: UseCase,
  row: { id: string; purpose: string; attached_type: string | null; attached_id: string | null },
): Promise<boolean> {
  if (row.attached_type === null) return use.may('File', row.id, file.read);
  const readBy = purposeOf(use, row.purpose)?.readBy;
  if (!readBy || use.seat.pluginsOff.has(door.pluginOf(readBy.type) ?? '')) return false;
  const objectId = row.attached_id!;
  if (!(await use.may(readBy.type, objectId, readBy.rule))) return false;
  return readBy.shows?.(use, { id: row.id, objectId }) ?? true;
}

function tellHeaders({ response }: HttpExchange, { name, mimeType, tag }: ReadableFile): void {
  response.setHeader('Content-Type', mimeType.startsWith('text/') ? 'application/octet-stream' : mimeType);
  response.setHeader('Content-Disposition', asAttachment(name));
  response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin'); // a page of the front end shows it, wherever that comes from
  response.setHeader('Cache-Control', 'private, no-cache');
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', tag);
}

function tellNoRange({ response }: HttpExchange, size: number): void {
  response.removeHeader('Content-Type');
  response.removeHeader('Content-Disposition');
  response.writeHead(416, { 'Content-Range': `bytes */${size}` }).end();
}

const isKnown = (header: string | undefined, tag: string): boolean =>
  header?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag || one.trim() === '*') ?? false;
