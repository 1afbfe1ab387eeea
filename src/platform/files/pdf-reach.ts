/** An object with what it says, without its stream. */
interface Numbered {
  readonly number: string;
  readonly text: string;
}

/** Names as they are meant: `/Te#78t` is `/Text` (ISO 32000-1, 7.3.5). */
export const plainNames = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

const REFERENCE = /(?<!\d)(\d{1,10})\s+\d{1,5}\s+R(?![A-Za-z])/g;
const namedIn = (text: string): string[] => [...text.matchAll(REFERENCE)].map(([, number]) => number!);

/** Numbers of the objects to which the catalogue leads: what nothing leads to is shown by no reader, and read by whoever looks into the bytes. */
export function reachedFrom(trailers: string, objects: readonly Numbered[]): ReadonlySet<string> {
  const texts = new Map<string, string[]>();
  for (const { number, text } of objects) texts.set(number, [...(texts.get(number) ?? []), text]);
  const reached = new Set([...trailers.matchAll(/\/Root\s+(\d+)\s+\d+\s+R\b/g)].map(([, number]) => number!));
  for (const number of reached) for (const text of texts.get(number) ?? []) for (const next of namedIn(text)) reached.add(next);
  return reached;
}

const HEADER = /%PDF-\d\.\d/;
const END = '%%EOF';
const COMMENT = /%[^\r\n]*/g;
const isKept = (comment: string): boolean => comment === END || /^%PDF-\d\.\d$/.test(comment);
const VISIBLE = /[^\s]/g;

/**
 * What stands between objects without what no reader reads: what is before the header and behind the last end of the file, and what comments say.
 * Bytes above 127, by which programs see that it is no text, stay.
 */
export function withoutAsides(between: string, { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean }): string {
  const header = isFirst ? Math.max(between.search(HEADER), 0) : 0;
  const last = isLast ? between.lastIndexOf(END) : -1;
  const end = last < 0 ? between.length : last + END.length;
  const middle = between
    .slice(header, end)
    .replaceAll(COMMENT, (comment) => (isKept(comment) ? comment : comment.replaceAll(/(?<!^)[!-~]/g, ' ')));
  return between.slice(0, header).replaceAll(VISIBLE, ' ') + middle + between.slice(end).replaceAll(VISIBLE, ' ');
}
