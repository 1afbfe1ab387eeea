import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

const SEQ_BYTES = 6;
const TAG_BYTES = 10;
const SHAPE = /^[A-Za-z0-9_-]{22}$/;

/**
 * Seals places in streams as cursors. One block of AES: the place, and a tag that binds it to a seat and a stream, so a cursor tells
 * nothing about how many events there were, and one made for somebody else or made up does not open (api 1).
 */
export class LiveCursors {
  readonly #sealing: Buffer;
  readonly #binding: Buffer;
  constructor(secret: Buffer) {
    const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `guichet.cursor.${purpose}`, 32));
    this.#sealing = key('seal');
    this.#binding = key('bind');
  }
  seal(seq: number, seatId: string, stream: string): string {
    const block = Buffer.alloc(SEQ_BYTES + TAG_BYTES);
    block.writeUIntBE(seq, 0, SEQ_BYTES);
    this.#tag(seatId, stream).copy(block, SEQ_BYTES);
    const cipher = createCipheriv('aes-256-ecb', this.#sealing, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]).toString('base64url');
  }
  /** The place; undefined for a cursor that was not made for this seat and stream. */
  open(cursor: string, seatId: string, stream: string): number | undefined {
    if (!SHAPE.test(cursor)) return undefined;
    const decipher = createDecipheriv('aes-256-ecb', this.#sealing, null).setAutoPadding(false);
    const block = Buffer.concat([decipher.update(Buffer.from(cursor, 'base64url')), decipher.final()]);
    return block.subarray(SEQ_BYTES).equals(this.#tag(seatId, stream)) ? block.readUIntBE(0, SEQ_BYTES) : undefined;
  }
  #tag(seatId: string, stream: string): Buffer {
    return createHmac('sha256', this.#binding).update(`${seatId}|${stream}`).digest().subarray(0, TAG_BYTES);
  }
}
