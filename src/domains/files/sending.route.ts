import { rm } from 'node:fs/promises';
import { type HttpExchange, hashOfStream, type Received, receive } from '../../sdk/core.ts';
import { encodeGlobalId } from '../../sdk/index.ts';
import { type AwaitedUpload, awaitedUpload, noteStored } from './awaited-upload.service.ts';
import { checkIn, discard } from './bytes.service.ts';
import type { FileDoor } from './file.door.ts';
import type { Link } from './link.token.ts';
import { notThere } from './not-there.ts';
import { FULL, refusalOf, SENT_ALREADY, TOO_MANY, WRONG_LENGTH } from './sending.refusals.ts';

/** Takes the bytes of an announced file. What is cut off, too long, too short or of another kind leaves nothing. */
export async function takeBytes(door: FileDoor, link: Link, exchange: HttpExchange): Promise<void> {
  const { request, response, refuse } = exchange;
  const upload = await awaitedUpload(door, link);
  if (!upload) return notThere(exchange);
  const told = request.headers['content-length'];
  if (told !== undefined && upload.sentSha256 === null && Number(told) !== upload.size) return refuse(...WRONG_LENGTH);
  if (!door.hasRoom()) return refuse(...FULL);
  const leave = door.places.sent.enter(upload.seat.id);
  if (!leave) return refuse(...TOO_MANY);
  try {
    await (upload.sentSha256 === null ? take(door, link, upload, exchange) : compare(door, upload, upload.sentSha256, exchange));
  } catch (error) {
    const refusal = refusalOf(error);
    if (request.destroyed && !request.complete) return void response.destroy(); // nobody is there any more
    if (!refusal) throw error;
    refuse(...refusal);
  } finally {
    leave();
  }
}

async function take(door: FileDoor, link: Link, { size, id }: AwaitedUpload, exchange: HttpExchange): Promise<void> {
  const { store, idleMs } = door;
  const received = await receive(exchange.request, store.incoming, { most: size, size, idleMs });
  // it has taken its time: the seat may have ended, or lost the right, in the meantime
  const still = await awaitedUpload(door, link);
  if (still) return answer(exchange, id, received.sha256, await keepReceived(door, still, received));
  await rm(received.path, { force: true });
  notThere(exchange);
}

/**
 * Keeps what has come, unless somebody was first.
 * @returns the hash of what was sent by whoever was first; undefined where there is no such upload any more
 */
export async function keepReceived(door: FileDoor, upload: AwaitedUpload, received: Received): Promise<string | undefined> {
  const { seat, id } = upload;
  const stored = await checkIn(door, seat.organizationId, received, upload);
  // where it is not known whether the commit went through, the bytes stay: what belongs to no row is found a day later
  const { isFirst, sentSha256 } = await door.act(seat, (use) => noteStored(use, id, stored));
  if (!isFirst) await discard(door, stored);
  return sentSha256;
}

/** Whoever has not heard the answer sends it again, and is told the same. */
async function compare({ idleMs }: FileDoor, { id, size }: AwaitedUpload, sent: string, exchange: HttpExchange): Promise<void> {
  answer(exchange, id, await hashOfStream(exchange.request, { most: size, idleMs }), sent);
}

function answer(exchange: HttpExchange, id: string, sha256: string, sent: string | undefined): void {
  if (sent === undefined) notThere(exchange);
  else if (sent !== sha256) exchange.refuse(...SENT_ALREADY);
  else {
    const told = JSON.stringify({ id: encodeGlobalId('File', id), sha256 });
    exchange.response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(told);
  }
}
