import sharp from 'sharp';

const PIXELS = 50_000_000;
const SECONDS = 20;
/** Where a picture has one colour only, nothing is made of its noise. */
const LEAST_CONTRAST = 4;

export interface Prepare {
  /** Degrees, beside what the camera noted. */
  readonly turn: number;
  /** Pixels of its longer side. */
  readonly side: number;
}

/**
 * Makes a photo what is read best: upright, grey, of one size, without colours that are all alike.
 * @returns undefined for what is no picture, is broken, or has too many pixels
 */
export async function preparedPicture(picture: Uint8Array, { turn, side }: Prepare): Promise<Buffer | undefined> {
  try {
    const grey = await sharp(picture, { limitInputPixels: PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize({ width: side, height: side, fit: 'inside' })
      .greyscale()
      .timeout({ seconds: SECONDS })
      .png()
      .toBuffer();
    const { channels } = await sharp(grey).stats();
    const upright = sharp(grey).rotate(turn);
    return await (channels[0]!.stdev < LEAST_CONTRAST ? upright : upright.normalise()).png().toBuffer();
  } catch {
    return undefined;
  }
}
