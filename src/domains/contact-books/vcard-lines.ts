import { setImmediate } from 'node:timers/promises';

/** Bytes after which others have their turn. */
const SLICE = 256 * 1024;
/** Bytes of one line, unfolded: a photo is one. What is longer is left out, and told. */
export const MOST_OF_A_LINE = 2 * 1024 * 1024;
const HEADER = 300;
/** Where an entry begins or ends, whatever is open. */
const MARK = /^(?:BEGIN|END):VCARD\s*$/i;

/** One line as it is meant, its bytes as characters: what they mean, its charset says. */
export interface Line {
  readonly text: string;
  readonly isTooLong: boolean;
}

/** Lines of a phone book, unfolded: by a space (3.0, 4.0), by `=` at the end (quoted-printable), by plain base64 (2.1). */
export async function* linesOf(bytes: Buffer): AsyncGenerator<Line> {
  let open: OpenLine | undefined;
  for (let at = 0, seen = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    const stop = end < 0 ? bytes.length : end;
    const physical = bytes.toString('latin1', at, bytes[stop - 1] === 0x0d && stop > at ? stop - 1 : stop);
    at = stop + 1;
    if (open?.takes(physical)) open.add(physical);
    else {
      if (open) yield open.line;
      open = new OpenLine(physical);
    }
    if (at - seen < SLICE) continue;
    seen = at;
    await setImmediate();
  }
  if (open) yield open.line;
}

class OpenLine {
  readonly #parts: string[] = [];
  readonly #isQuoted: boolean;
  readonly #isBase64: boolean;
  #length = 0;
  constructor(first: string) {
    const header = first.slice(0, HEADER).split(':', 1)[0]!.toUpperCase();
    this.#isQuoted = header.includes('QUOTED-PRINTABLE');
    this.#isBase64 = /ENCODING=(?:B|BASE64)(?:;|$)|;BASE64(?:;|$)/.test(header);
    this.#append(first);
  }
  get line(): Line {
    const isTooLong = this.#length > MOST_OF_A_LINE;
    return { text: isTooLong ? this.#parts[0]!.slice(0, HEADER) : this.#parts.join(''), isTooLong };
  }

  takes(next: string): boolean {
    if (this.#isQuoted && this.#parts.at(-1)?.endsWith('=')) return !MARK.test(next); // some phones cut a long value off there
    if (next.startsWith(' ') || next.startsWith('\t')) return true;
    return this.#isBase64 && next !== '' && !next.includes(':');
  }
  add(next: string): void {
    const last = this.#parts.at(-1);
    if (this.#isQuoted && last?.endsWith('=')) {
      this.#parts[this.#parts.length - 1] = last.slice(0, -1);
      this.#append(next);
    } else this.#append(next.replace(/^[ \t]/, ''));
  }
  #append(text: string): void {
    this.#length += text.length;
    if (this.#length <= MOST_OF_A_LINE || this.#parts.length === 0) this.#parts.push(text);
  }
}
