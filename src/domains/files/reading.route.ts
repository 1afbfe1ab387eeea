import { pipeline } from 'node:stream/promises';
import { rangeOf } from '../../platform/files/byte-range.ts';
import { asAttachment } from '../../platform/files/file-name.ts';
import type { HttpExchange } from '../../platform/server/index.ts';
import type { UseCase } from '../../sdk/index.ts';
import { holderOf } from './awaited-upload.service.ts';
import type { FileDoor } from './file.door.ts';
import { File } from './file.entity.ts';
import type { Link } from './link.token.ts';
import { notThere } from './not-there.ts';
import { purposeOf } from './upload.service.ts';

interface ReadableFile {
  readonly key: string;
  readonly name: string;
  readonly mimeType: string;
  readonly tag: string;
}

/** Gives bytes to the seat that a link was made out for, if it may still read what the file hangs on. */
export async function giveBytes(door: FileDoor, link: Link, exchange: HttpExchange): Promise<void> {
  const seat = await holderOf(door, link);
  const file = seat && (await door.look(seat, (use) => readable(door, use, link)));
  const size = file && (await door.store.storage.size(file.key));
  if (!file || size === undefined) return notThere(exchange);
  tellHeaders(exchange, file);
  const { headers, method } = exchange.request;
  if (isKnown(headers['if-none-match'], file.tag)) return void exchange.response.writeHead(304).end();
  const isSame = headers['if-range'] === undefined || headers['if-range'] === file.tag;
  const range = method === 'GET' && isSame ? rangeOf(headers.range, size) : undefined;
  if (range === 'none') return tellNoRange(exchange, size);
  const length = range ? range.end - range.start + 1 : size;
  const told = range ? { 'Content-Range': `bytes ${range.start}-${range.end}/${size}` } : {};
  if (method === 'HEAD') return void exchange.response.writeHead(200, { 'Content-Length': length }).end();
  const bytes = await door.store.storage.get(file.key, range);
  exchange.response.writeHead(range ? 206 : 200, { 'Content-Length': length, ...told });
  // whoever leaves early is no fault; what else breaks off is heard of by the client, who was told the length
  await pipeline(bytes, exchange.response).catch(() => exchange.response.destroy());
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

/** A file obeys the rule of what it hangs on, and of nothing else; until then it is its sender's. */
async function mayRead(
  door: FileDoor,
  use: UseCase,
  row: { uploader_id: string; purpose: string; attached_type: string | null; attached_id: string | null },
): Promise<boolean> {
  if (row.attached_type === null) return row.uploader_id === use.seat.id;
  const readBy = purposeOf(use, row.purpose)?.readBy;
  if (!readBy || use.seat.pluginsOff.has(door.pluginOf(readBy.type) ?? '')) return false;
  return use.may(readBy.type, row.attached_id!, readBy.rule);
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
