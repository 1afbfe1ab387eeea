import { encodeQR } from 'qr';

/** Modules of white around it, which scanners need. */
const BORDER = 4;
const PIXELS_A_MODULE = 12;
const options = { ecc: 'medium', border: BORDER } as const;

/** Black on white, as an SVG of its own. */
export const qrSvg = (text: string): string => encodeQR(text, 'svg', options);

/** The same as a PNG that can be printed. */
export async function qrPng(text: string): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  const rows = encodeQR(text, 'raw', options);
  const size = rows.length;
  const pixels = Buffer.from(rows.flatMap((row) => row.map((isDark) => (isDark ? 0 : 255))));
  return sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(size * PIXELS_A_MODULE, size * PIXELS_A_MODULE, { kernel: 'nearest' })
    .png({ palette: true, colours: 2 })
    .toBuffer();
}
