import { rm } from 'node:fs/promises';
import type { Sharp } from 'sharp';

const PIXELS = 50_000_000;
const SECONDS = 20;
const THUMBNAIL = { width: 320, height: 320, fit: 'inside', withoutEnlargement: true } as const;

/** It is no picture, is broken, or has more pixels than are worked on. */
export class UnreadablePictureError extends Error {}

/** Kinds of picture that can be written again as what they are. */
export type PictureKind = 'PNG' | 'JPEG' | 'GIF' | 'WEBP';

/** One after the other: each takes a core and the memory of all its pixels. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Writes a picture anew, upright and without what its camera knew (place, time, owner), and a small one of it.
 * @param target and thumbnail: paths that nothing is at; the small one is WebP
 * @throws UnreadablePictureError; nothing is at the paths then
 */
export function writeClean(source: string, kind: PictureKind, target: string, thumbnail: string): Promise<void> {
  const work = turn.then(() => written(source, kind, target, thumbnail));
  turn = work.catch(() => {});
  return work;
}

async function written(source: string, kind: PictureKind, target: string, thumbnail: string): Promise<void> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  const opened = (animated: boolean): Sharp =>
    sharp(source, { limitInputPixels: PIXELS, failOn: 'error', animated, sequentialRead: true }).autoOrient().timeout({ seconds: SECONDS });
  try {
    await asKind(opened(kind === 'GIF' || kind === 'WEBP'), kind).toFile(target);
    await opened(false).resize(THUMBNAIL).webp({ quality: 80 }).toFile(thumbnail);
  } catch (error) {
    await Promise.all([target, thumbnail].map((path) => rm(path, { force: true })));
    if (/ENOSPC|No space/i.test((error as Error).message)) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    throw new UnreadablePictureError('unreadable', { cause: error });
  }
}

function asKind(picture: Sharp, kind: PictureKind): Sharp {
  if (kind === 'JPEG') return picture.jpeg({ quality: 92 });
  if (kind === 'PNG') return picture.png();
  return kind === 'GIF' ? picture.gif() : picture.webp({ quality: 92 });
}
