import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { cardOf } from '../card-fields.rules.ts';
import { tesseractCards } from '../cards.recognizer.ts';
import { preparedPicture } from '../prepared-picture.ts';
import { Reader, reader } from '../reader.process.ts';

const PATIENCE = 120_000;
const signal = new AbortController().signal;
afterAll(() => reader.end());
/** Drawn by `drawn-cards.ts`: as a file, so that the test needs no fonts. */
const photo = readFileSync(new URL('./anna-bergmann.jpg', import.meta.url));

describe('reading a picture without a network (spec 3.11)', { timeout: PATIENCE }, () => {
  it('tells what stands on a card, also when it lies on its side', async () => {
    for (const turn of [0, 90]) {
      const read = await tesseractCards.read(await sharp(photo).rotate(turn).toBuffer(), { signal });
      expect(read).toMatchObject({
        name: { value: 'Anna Bergmann' },
        company: { value: 'Nordwind Logistics GmbH' },
        phones: [
          { kind: 'MOBILE', value: '+49 151 2345 6789' },
          { kind: 'WORK', value: '+49 40 3200 1500' },
        ],
      });
      expect(read.name!.confidence).toBeGreaterThan(0.5);
    }
  });

  it('reads nothing in a black picture, nor in what is none, nor in half of one', async () => {
    const black = await sharp({ create: { width: 800, height: 500, channels: 3, background: '#000000' } })
      .jpeg()
      .toBuffer();
    for (const picture of [black, Buffer.from('%PDF-1.7'), photo.subarray(0, photo.length / 3)])
      expect(await tesseractCards.read(picture, { signal })).toMatchObject({ fault: 'NOTHING_READ', phones: [] });
  });

  it('says that there are several cards', async () => {
    const tiles = [photo, photo, photo, photo];
    const table = sharp({ create: { width: 2_240, height: 1_400, channels: 3, background: '#8a7f70' } });
    const picture = await table
      .composite(tiles.map((input, i) => ({ input, left: (i % 2) * 1_115, top: Math.floor(i / 2) * 695 })))
      .jpeg()
      .toBuffer();
    expect(await tesseractCards.read(picture, { signal })).toMatchObject({ fault: 'SEVERAL_CARDS' });
  });

  it('takes no picture of more than 50 megapixels', async () => {
    const huge = await sharp({ create: { width: 9_000, height: 6_000, channels: 3, background: '#ffffff' } })
      .png()
      .toBuffer();
    expect(await preparedPicture(huge, { turn: 0, side: 100 })).toBeUndefined();
  });
});

describe('the process that reads', { timeout: PATIENCE }, () => {
  const child = fileURLToPath(new URL('./made-up.child.ts', import.meta.url));
  const say = (word: string) => Buffer.from(word);

  it('begins with the first picture, and ends when there was none for a while', async () => {
    const own = new Reader({ child, idleMs: 50 });
    expect(own.isRunning).toBe(false);
    expect(cardOf((await own.read(say('Anna Berg'), signal))!).name?.value).toBe('Anna Berg');
    expect(own.isRunning).toBe(true);
    await expect.poll(() => own.isRunning, { timeout: PATIENCE }).toBe(false);
  });

  it('is ended when it takes too long, or dies; the next picture has another', async () => {
    const own = new Reader({ child, mostMs: 1_000 });
    await expect(own.read(say('hang'), signal)).rejects.toThrow();
    expect(own.isRunning).toBe(false);
    await expect(own.read(say('die'), signal)).rejects.toThrow('has ended');
    await expect(own.read(say('fail'), signal)).rejects.toThrow('made up');
    const later = new Reader({ child });
    expect(await later.read(say('Anna Berg'), signal)).toHaveLength(1);
    later.end();
    own.end();
  });

  it('says when what it needs is not installed', async () => {
    const own = new Reader({ child });
    await expect(own.read(say('absent'), signal)).rejects.toThrow('no such package');
    own.end();
  });

  it('is not asked for what nobody waits for any more', async () => {
    const own = new Reader({ child });
    const stop = new AbortController();
    const waiting = own.read(say('hang'), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(own.read(say('Anna Berg'), stop.signal)).rejects.toThrow('stopped');
    expect(own.isRunning).toBe(false);
  });
});
