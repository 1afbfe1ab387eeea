import { type HttpExchange, measured, TUS_METHODS, TusRefusal } from '../../sdk/core.ts';
import { type AwaitedUpload, awaitedUpload } from './awaited-upload.service.ts';
import type { FileDoor } from './file.door.ts';
import type { Link } from './link.token.ts';
import { notThere } from './not-there.ts';
import { FULL, refusalOf, TOO_MANY } from './sending.refusals.ts';
import { keepReceived } from './sending.route.ts';

/** Whether a request speaks the protocol of uploads that are resumed. */
export const speaksTus = ({ request }: HttpExchange): boolean => (TUS_METHODS as readonly string[]).includes(request.method ?? '');

/** Takes the bytes of an announced file in pieces; the address is asked anew for each, and for the whole. */
export async function resumeBytes(door: FileDoor, link: Link, exchange: HttpExchange): Promise<void> {
  const { request, response } = exchange;
  const upload = await awaitedUpload(door, link);
  if (!upload) return notThere(exchange);
  if (upload.sentSha256 !== null) return tellWhole(exchange, upload);
  if (!door.hasRoom()) return exchange.refuse(...FULL);
  const leave = door.places.sent.enter(upload.seat.id);
  if (!leave) return exchange.refuse(...TOO_MANY);
  request.setTimeout(door.idleMs, () => request.destroy());
  try {
    const { id, size } = upload;
    await door.resumable.handle(request, response, { id, size, finish: (path) => finish(door, link, path) });
  } finally {
    leave();
  }
}

async function finish(door: FileDoor, link: Link, path: string): Promise<void> {
  try {
    const upload = await awaitedUpload(door, link);
    const kept = upload && (await keepReceived(door, upload, await measured(path)));
    if (!kept) throw new TusRefusal(404, 'This address is no good, or no longer.');
  } catch (error) {
    const [status, , message] = refusalOf(error) ?? [];
    throw status && message ? new TusRefusal(status, typeof message === 'string' ? message : message.en) : error;
  }
}

/** Whoever has not heard that the last piece has come asks how far it is. */
function tellWhole({ request, response }: HttpExchange, { size }: AwaitedUpload): void {
  request.resume();
  response
    .writeHead(request.method === 'PATCH' ? 204 : 200, { 'Tus-Resumable': '1.0.0', 'Upload-Offset': size, 'Upload-Length': size })
    .end();
}
