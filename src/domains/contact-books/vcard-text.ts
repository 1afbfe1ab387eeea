const UTF8 = new TextDecoder('utf-8', { fatal: true });
const CHINESE = new TextDecoder('gb18030');

/** One property of a card. */
export interface Property {
  /** `item1` of `item1.TEL`: what it shares with its label. */
  readonly group: string;
  readonly name: string;
  /** Words of its parameters, in capitals, whatever they stand under: `TYPE=CELL,VOICE` and `CELL` alike. */
  readonly words: ReadonlySet<string>;
  readonly charset: string | undefined;
  /** What old phones say of a number in a parameter: `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=8A=9E)`. */
  readonly custom: string | undefined;
  /** As it stands in the file, its bytes as characters. */
  readonly raw: string;
}

const HEADER = 1_000;
const CUSTOM = /^X-CUSTOM\((?:[^()]*,)?([^,()]*)\)$/i;
/** Where the value begins: behind the first colon that no quotation marks hold. */
function colonIn(line: string): number {
  let isQuoted = false;
  for (let at = 0; at < line.length && at < HEADER; at++) {
    if (line[at] === '"') isQuoted = !isQuoted;
    else if (line[at] === ':' && !isQuoted) return at;
  }
  return -1;
}

/** @returns undefined for what is no property */
export function propertyOf(line: string): Property | undefined {
  const colon = colonIn(line);
  if (colon < 1) return undefined;
  const [head = '', ...parameters] = line.slice(0, colon).match(/(?:[^;"]|"[^"]*"?)+/g) ?? [];
  const dot = head.lastIndexOf('.');
  const given = parameters.map((one) => one.replaceAll('"', '').split('='));
  const charset = given.find(([key, value]) => key?.toUpperCase() === 'CHARSET' && value)?.[1];
  return {
    group: head.slice(0, Math.max(dot, 0)).toLowerCase(),
    name: head
      .slice(dot + 1)
      .trim()
      .toUpperCase(),
    words: new Set(given.flatMap((words) => words.at(-1)!.toUpperCase().split(',')).map((word) => word.trim())),
    charset,
    custom: parameters.map((one) => CUSTOM.exec(one)?.[1]).find((one) => one !== undefined),
    raw: line.slice(colon + 1),
  };
}

/** What the bytes of a property mean: by its charset; else UTF-8, or else the Chinese of old phones. */
export function textOf({ words, charset, raw }: Pick<Property, 'words' | 'charset' | 'raw'>): string {
  const bytes = Buffer.from(words.has('QUOTED-PRINTABLE') ? unquoted(raw) : raw, 'latin1');
  return (decoded(bytes, charset) ?? decoded(bytes, 'utf-8') ?? CHINESE.decode(bytes)).normalize('NFC');
}

const unquoted = (raw: string): string =>
  raw.replace(/=$/, '').replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function decoded(bytes: Buffer, charset: string | undefined): string | undefined {
  if (!charset) return undefined;
  try {
    return /^utf-?8$/i.test(charset) ? UTF8.decode(bytes) : new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined; // broken, or nobody knows the name
  }
}

/** Parts of a value that has several, such as a name: `;` between them, `\;` in one of them. */
export const partsOf = (text: string): string[] => splitAt(text, ';').map(plain);

function splitAt(text: string, mark: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === mark) parts.push('');
    else if (text[at] !== '\\') parts.push(`${parts.pop()}${text[at]}`);
    else parts.push(`${parts.pop()}\\${text[++at] ?? ''}`);
  }
  return parts;
}

/** A text without its escapes. */
export const plain = (text: string): string =>
  text.replaceAll(/\\([nN,;:"\\])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? '\n' : escaped)).trim();
