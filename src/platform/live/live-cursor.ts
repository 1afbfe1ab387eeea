import {
  type Cipheriv,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type Decipheriv,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';

const SEQ_BYTES = 6;
const TAG_BYTES = 10;
const SHAPE = /^[A-Za-z0-9_-]{22}$/;
const MOST_REMEMBERED = 20_000;

/**
 * Seals places in streams as cursors. One block of AES: the place, and a tag that binds it to a seat and a stream, so a cursor tells
 * nothing about how many events there were, and one made for somebody else or made up does not open (api 1).
 */
export class LiveCursors {
  // A block is all that is ever sealed, and none hangs on another: one cipher serves for good.
  readonly #cipher: Cipheriv;
  readonly #decipher: Decipheriv;
  readonly #binding: KeyObject;
  /** Tags of the seats that follow: each of their events is sealed with the same. */
  readonly #tags = new Map<string, Buffer>();
  constructor(secret: Buffer) {
    const key = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `guichet.cursor.${purpose}`, 32));
    const sealing = key('seal');
    this.#cipher = createCipheriv('aes-256-ecb', sealing, null).setAutoPadding(false);
    this.#decipher = createDecipheriv('aes-256-ecb', sealing, null).setAutoPadding(false);
    this.#binding = createSecretKey(key('bind'));
  }
  seal(seq: number, seatId: string, stream: string): string {
    const block = Buffer.alloc(SEQ_BYTES + TAG_BYTES);
    block.writeUIntBE(seq, 0, SEQ_BYTES);
    this.#tag(seatId, stream).copy(block, SEQ_BYTES);
    return this.#cipher.update(block).toString('base64url');
  }
  /** The place; undefined for a cursor that was not made for this seat and stream. */
  open(cursor: string, seatId: string, stream: string): number | undefined {
    if (!SHAPE.test(cursor)) return undefined;
    const block = this.#decipher.update(Buffer.from(cursor, 'base64url'));
    return block.subarray(SEQ_BYTES).equals(this.#tag(seatId, stream)) ? block.readUIntBE(0, SEQ_BYTES) : undefined;
  }
  #tag(seatId: string, stream: string): Buffer {
    const bound = `${seatId}|${stream}`;
    const known = this.#tags.get(bound);
    if (known) return known;
    const tag = createHmac('sha256', this.#binding).update(bound).digest().subarray(0, TAG_BYTES);
    if (this.#tags.size >= MOST_REMEMBERED) this.#tags.clear();
    this.#tags.set(bound, tag);
    return tag;
  }
}
