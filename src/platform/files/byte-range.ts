import type { ByteRange } from './storage.ts';

const ONE = /^bytes=(\d{0,15})-(\d{0,15})$/;

/**
 * The one range that a request asks for (RFC 9110, 14.2).
 * @returns undefined for the whole: no header, one that cannot be read, or several ranges; `none` where nothing of the file lies in it
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'none' | undefined {
  const [, first, last] = ONE.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (!first && !last)) return undefined;
  if (!first) return Number(last) === 0 || size === 0 ? 'none' : { start: Math.max(0, size - Number(last)), end: size - 1 };
  if (last && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) return 'none';
  return { start: Number(first), end: last ? Math.min(Number(last), size - 1) : size - 1 };
}
