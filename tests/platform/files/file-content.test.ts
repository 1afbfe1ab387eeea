import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eachChunk } from '../../../src/platform/files/each-chunk.ts';
import { brokenLineOf, kindOfContent } from '../../../src/platform/files/file-kind.ts';
import { UnreadablePictureError, writeClean } from '../../../src/platform/files/picture.ts';
import { hashOfStream, measured, receive } from '../../../src/platform/files/receiving.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-content-'));
});
afterAll(() => rm(folder, { recursive: true }));

const at = (): string => join(folder, randomUUID());
async function written(bytes: Buffer | string): Promise<string> {
  const path = at();
  await writeFile(path, bytes);
  return path;
}
const red = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'red' } });
const gb18030 = Buffer.from([0xb1, 0xed, 0xb8, 0xf1, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x0a]); // 表格,姓名

/** A PNG of so many pixels in a few bytes: what it says of itself is a lie, or nearly. */
function bomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 1;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(5_000))), chunk('IEND', Buffer.alloc(0))]);
}

describe('a text that breaks off', () => {
  const line = Buffer.from('王五,13800000001\n');
  const BROKEN = Buffer.from([0xff]);
  it.each([
    ['UTF-8', Buffer.concat([line, line, Buffer.from('李'), BROKEN, line]), 3],
    ['GB18030', Buffer.concat([gb18030, gb18030, gb18030, BROKEN, gb18030]), 4],
    ['nothing broken', Buffer.concat([line, line]), undefined],
    ['no text', Buffer.concat([Buffer.from([0, 1, 2, 0]), BROKEN]), undefined],
    ['markup', Buffer.concat([Buffer.from('<script>'), BROKEN]), undefined],
    ['noise', Buffer.alloc(5_000, BROKEN), undefined],
  ])('says where: %s', async (_, bytes, found) => {
    expect(await brokenLineOf(await written(bytes))).toBe(found);
  });
});

describe('what is in a file', () => {
  it.each([
    ['a PNG', 'PNG', async () => red(2, 2).png().toBuffer()],
    ['a JPEG', 'JPEG', async () => red(2, 2).jpeg().toBuffer()],
    ['a GIF', 'GIF', async () => red(2, 2).gif().toBuffer()],
    ['a WebP', 'WEBP', async () => red(2, 2).webp().toBuffer()],
    ['an AVIF, which is not taken', undefined, async () => red(16, 16).avif().toBuffer()],
    ['a PDF', 'PDF', async () => Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n')],
    ['text', 'TEXT', async () => Buffer.from('姓名,电话\n')],
    ['text with a byte order mark', 'TEXT', async () => Buffer.from('\uFEFFname,phone\r\n')],
    ['text of GB18030', 'TEXT', async () => gb18030],
    ['a letter in two reads', 'TEXT', async () => Buffer.from(`${'a'.repeat(64 * 1024 - 1)}表`)],
    ['half a letter at the end', undefined, async () => Buffer.from('a表').subarray(0, 2)],
    ['NUL', undefined, async () => Buffer.from('a\u0000b')],
    ['a control far behind', undefined, async () => Buffer.from(`${'a'.repeat(200_000)}\u0001`)],
    ['HTML', undefined, async () => Buffer.from('  <!DOCTYPE html><p>')],
    ['HTML without a head', undefined, async () => Buffer.from('<script>alert(1)</script>')],
    ['SVG', undefined, async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['SVG as XML', undefined, async () => Buffer.from('<?xml version="1.0"?><svg/>')],
    ['a comment before markup', undefined, async () => Buffer.from('<!-- a --><html>')],
    ['less than', 'TEXT', async () => Buffer.from('< 3 pieces')],
    ['a program', undefined, async () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])],
  ])('%s is %s', async (_, kind, make) => {
    expect(await kindOfContent(await written(await make()))).toBe(kind);
  });
});

describe('a picture', () => {
  const clean = async (path: string, kind: 'PNG' | 'JPEG' | 'GIF' | 'WEBP') => {
    const [target, small] = [at(), at()];
    await writeClean(path, kind, target, small);
    return { target: await readFile(target), small: await readFile(small) };
  };
  it('loses what its camera knew and stands upright', async () => {
    const taken = await red(40, 20)
      .withExif({ IFD0: { Artist: 'Hu Yan' }, IFD3: { GPSLatitude: '51/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await sharp(taken).metadata()).exif).toBeDefined();
    const { target, small } = await clean(await written(taken), 'JPEG');
    expect(await sharp(target).metadata()).toMatchObject({ width: 20, height: 40 });
    for (const bytes of [target, small]) expect((await sharp(bytes).metadata()).exif).toBeUndefined();
  });
  it.each(['PNG', 'GIF', 'WEBP'] as const)('stays a %s', async (kind) => {
    const format = kind.toLowerCase() as 'png';
    const { target, small } = await clean(await written(await red(10, 10).toFormat(format).toBuffer()), kind);
    expect([(await sharp(target).metadata()).format, (await sharp(small).metadata()).format]).toEqual([format, 'webp']);
  });
  it.each([
    ['of 40,000 × 40,000 pixels in less than 2 kB', async () => bomb(40_000, 40_000)],
    ['that is cut off', async () => (await red(300, 300).jpeg().toBuffer()).subarray(0, 400)],
    ['that is none', async () => Buffer.from('not a picture')],
  ])('%s is refused, and leaves nothing', async (_, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(2_000);
    const path = await written(bytes);
    const before = await readdir(folder);
    await expect(clean(path, 'PNG')).rejects.toThrow(UnreadablePictureError);
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('receiving', () => {
  const into = (): string => join(folder, 'incoming');
  const bytes = Buffer.from('0123456789');
  const pieces = (): Readable => Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]);

  it('writes, counts and hashes', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const received = await receive(pieces(), into(), { most: 10, size: 10 });
    expect([await readFile(received.path), received.size, received.sha256]).toEqual([bytes, 10, sha256]);
    expect(await measured(received.path)).toEqual(received);
    expect(await hashOfStream(pieces(), { most: 10 })).toBe(sha256);
    await rm(received.path);
  });
  it.each([
    ['longer than it may be', pieces, { most: 9 }, 'TOO_LONG'],
    ['longer than was said', pieces, { most: 99, size: 9 }, 'TOO_LONG'],
    ['shorter than was said', pieces, { most: 99, size: 11 }, 'TOO_SHORT'],
    ['cut off', () => cutOff(new Error('gone')), { most: 99 }, 'CUT'],
    ['cut off without a word', () => cutOff(), { most: 99 }, 'CUT'],
    ['silent', () => new PassThrough(), { most: 99, idleMs: 1 }, 'LATE'],
  ])('what is %s is refused and leaves nothing', async (_, source, limits, fault) => {
    await expect(receive(source(), into(), limits)).rejects.toThrow(fault);
    expect(await readdir(into())).toEqual([]);
  });
  it('leaves a stream open that it does not want any more', async () => {
    const source = pieces();
    await expect(receive(source, into(), { most: 2 })).rejects.toThrow('TOO_LONG');
    expect(source.destroyed).toBe(false);
  });
  it('waits for each chunk to be dealt with, and tells what went wrong with it', async () => {
    const seen: string[] = [];
    await eachChunk(pieces(), async (chunk) => {
      await new Promise(setImmediate);
      seen.push(String(chunk));
    });
    expect(seen).toEqual(['012', '3456789']);
    await expect(
      eachChunk(pieces(), () => {
        throw new Error('full');
      }),
    ).rejects.toThrow('full');
  });
});

function cutOff(error?: Error): Readable {
  const source = new PassThrough();
  source.write('abc');
  source.once('resume', () => source.destroy(error));
  return source;
}
