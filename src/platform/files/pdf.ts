import { readFile, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { withoutEntries } from './pdf-keys.ts';
import { plainNames, reachedFrom, withoutAsides } from './pdf-reach.ts';

/** What tells of the making of a PDF and cannot be taken out without changing what it shows, or is out of sight. */
export type Trace =
  | 'ATTACHMENTS'
  | 'COMMENTS'
  | 'EARLIER_VERSION'
  | 'ENCRYPTED'
  | 'FORM_VALUES'
  | 'PACKED_PROPERTIES'
  | 'PROGRAM_DATA'
  | 'SIGNATURE'
  | 'UNREADABLE';

/** A PDF tells of its making by more than its properties. */
export class TellingPdfError extends Error {
  /** In the order of the alphabet, each once. */
  readonly traces: readonly Trace[];
  constructor(traces: Iterable<Trace>) {
    const sorted = [...new Set(traces)].toSorted();
    super(`tells of its making: ${sorted.join(', ')}`);
    this.traces = sorted;
  }
}

/**
 * Writes a PDF without its properties: author, programs, dates, title and whatever else its Info dictionary and its XMP say, without objects that
 * nothing leads to from its catalogue, without comments between objects, and without what TeX says of its pictures and somebody of its colours.
 * Each of these is written over by `null` and blanks, so that no byte of it is left, all others stay where they are, and the same file becomes
 * the same bytes however often it is written.
 * @param target a path that nothing is at
 * @throws TellingPdfError where it holds more than that: nothing is at the path then
 */
export async function writeWithoutAuthors(source: string, target: string): Promise<void> {
  const bytes = await readFile(source);
  await blankEntries(bytes);
  const pdf = await parsed(bytes.toString('latin1'));
  const packed = await allUnpacked(pdf);
  const reached = reachedFrom(pdf.trailers, [
    ...pdf.objects.filter(({ number }) => !pdf.properties.has(number)),
    ...(packed?.flat() ?? []),
  ]);
  const traces = await tracesOf(pdf, packed, reached);
  if (traces.length) throw new TellingPdfError(traces);
  for await (const object of eachOf(pdf.objects)) if (isBlanked(pdf, object, reached)) blank(bytes, object);
  for (const [i, { start, text }] of pdf.between.entries())
    bytes.write(withoutAsides(text, { isFirst: i === 0, isLast: i === pdf.between.length - 1 }), start, 'latin1');
  await writeFile(target, bytes);
}

async function blankEntries(bytes: Buffer): Promise<void> {
  for await (const { object } of eachOf(objectsIn(bytes.toString('latin1')))) {
    if (!object) continue;
    const { start, dictionary, stream } = object;
    const bare = withoutEntries(dictionary, stream !== undefined);
    if (bare !== dictionary) bytes.write(bare, start, 'latin1');
  }
}

/** An object that lies open in the file: `12 0 obj … endobj`. */
interface OpenObject {
  readonly number: string;
  /** Of what stands between `obj` and `endobj`, in bytes. */
  readonly start: number;
  readonly end: number;
  /** Without its stream, as it stands there. */
  readonly dictionary: string;
  /** The same, with names as they are meant. */
  readonly text: string;
  readonly stream: string | undefined;
}
interface Pdf {
  readonly objects: readonly OpenObject[];
  /** What stands before, between and behind objects. */
  readonly between: readonly { readonly start: number; readonly text: string }[];
  /** What stands between objects, such as trailers, and what streams of cross-references say in their place. */
  readonly trailers: string;
  /** Numbers of the objects that are properties (Info, XMP), in any version of the file. */
  readonly properties: ReadonlySet<string>;
}
/** An object in a stream of objects. */
interface Packed {
  readonly number: string;
  readonly text: string;
}

/** So many are looked at without a break: a file may have a million, and others are answered in between. */
const AT_ONCE = 1_000;
async function* eachOf<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  let seen = 0;
  for (const item of items) {
    yield item;
    if (++seen % AT_ONCE === 0) await setImmediate();
  }
}

const OBJECT = /\b(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj(?![a-z])/g;
const STREAM = />>\s*stream(?:\r\n|\n|\r)/g;

async function parsed(file: string): Promise<Pdf> {
  const objects: OpenObject[] = [];
  const between: { start: number; text: string }[] = [];
  for await (const { start, before, object } of eachOf(objectsIn(file))) {
    between.push({ start, text: before });
    if (object) objects.push(object);
  }
  const trailers = [...between, ...objects.filter(isXRef)].map(({ text }) => text).join('\n');
  return {
    objects,
    between,
    trailers,
    properties: new Set(
      [
        ...trailers.matchAll(/\/Info\s+(\d+)\s+\d+\s+R\b/g),
        ...objects.flatMap(({ text }) => [...text.matchAll(/\/Metadata\s+(\d+)\s+\d+\s+R\b/g)]),
      ].map(([, number]) => number!),
    ),
  };
}

/** Each with what stands before it, and what stands behind the last. Streams are passed over: what looks like an object in a picture is none. */
function* objectsIn(file: string): Generator<{ readonly start: number; readonly before: string; readonly object?: OpenObject }> {
  for (let at = 0; ; ) {
    OBJECT.lastIndex = at;
    const found = OBJECT.exec(file);
    const before = file.slice(at, found?.index);
    if (!found) return yield { start: at, before };
    const object = openObject(file, found[1]!, OBJECT.lastIndex);
    yield { start: at, before, object };
    at = object.end;
  }
}

function openObject(file: string, number: string, start: number): OpenObject {
  const closed = ended(file, 'endobj', start);
  STREAM.lastIndex = start;
  const opened = STREAM.exec(file.slice(0, closed));
  const dictionary = file.slice(start, opened ? opened.index : closed);
  const text = plainNames(dictionary);
  if (!opened) return { number, start, end: closed, dictionary, text, stream: undefined };
  const begin = STREAM.lastIndex;
  const told = begin + Number(/\/Length\s+(\d+)/.exec(text)?.[1] ?? 0);
  const isSo = file
    .slice(told, told + 'endstream'.length + 2)
    .trimStart()
    .startsWith('endstream');
  const finish = ended(file, 'endstream', isSo ? told : begin);
  return { number, start, end: ended(file, 'endobj', finish), dictionary, text, stream: file.slice(begin, finish) };
}
function ended(file: string, word: string, from: number): number {
  const at = file.indexOf(word, from);
  return at < 0 ? file.length : at;
}

const isXRef = ({ text }: OpenObject): boolean => /\/Type\s*\/XRef\b/.test(text);
const isPacking = ({ text }: OpenObject): boolean => /\/Type\s*\/ObjStm\b/.test(text);
const isMetadata = ({ text, stream }: OpenObject): boolean =>
  stream !== undefined && /\/Type\s*\/Metadata\b|\/Subtype\s*\/XML\b/.test(text);

const isBlanked = ({ properties }: Pdf, object: OpenObject, reached: ReadonlySet<string>): boolean =>
  isMetadata(object) || properties.has(object.number) || !(reached.has(object.number) || isXRef(object) || isPacking(object));

const MOST_UNPACKED = 32 * 1024 * 1024;
const inflated = promisify(inflate);

/** One after the other, within a bound for all. @returns undefined where something is packed in a way that is not looked into */
async function allUnpacked({ objects }: Pdf): Promise<readonly (readonly Packed[])[] | undefined> {
  const all: (readonly Packed[])[] = [];
  let left = MOST_UNPACKED;
  for (const object of objects.filter(isPacking)) {
    const packed = await unpacked(object, left);
    if (!packed) return undefined;
    all.push(packed);
    left -= packed.reduce((sum, { text }) => sum + text.length, 0);
  }
  return all;
}

const OTHERWISE = /\/(?:Predictor|Crypt|LZWDecode|ASCII85Decode|ASCIIHexDecode|RunLengthDecode)\b/;
async function unpacked({ text, stream = '' }: OpenObject, most: number): Promise<readonly Packed[] | undefined> {
  const first = Number(/\/First\s+(\d+)/.exec(text)?.[1]);
  if (Number.isNaN(first) || OTHERWISE.test(text) || most < 1) return undefined;
  try {
    const bytes = Buffer.from(stream, 'latin1');
    const said = (/\/FlateDecode\b/.test(text) ? await inflated(bytes, { maxOutputLength: most }) : bytes).toString('latin1');
    const heads = [...said.slice(0, first).matchAll(/(\d+)\s+(\d+)/g)].map(([, number, at]) => ({
      number: number!,
      at: first + Number(at),
    }));
    return heads.map(({ number, at }, i) => ({ number, text: plainNames(said.slice(at, heads[i + 1]?.at)) }));
  } catch {
    return undefined;
  }
}

const MARKS =
  'Text|FreeText|Line|Square|Circle|Polygon|PolyLine|Highlight|Underline|Squiggly|StrikeOut|Stamp|Caret|Ink|Popup|Redact|Sound|Watermark|Movie|Screen|3D|RichMedia|Projection';
/** What says who has made something, wherever it stands: no reader shows it. */
const PERSONS = /\/(?:Author|Creator|CreatorInfo|Producer|ModifiedBy|LastModifiedBy|Company|Manager|Threads|PTEX\.[A-Za-z]+)(?![A-Za-z])/;
const SIGNS: readonly (readonly [Trace, RegExp])[] = [
  ['COMMENTS', new RegExp(`/Subtype\\s*/(?:${MARKS})\\b`)],
  // whose kind stands elsewhere, and a link that says who has put it there
  ['COMMENTS', /\/Subtype\s+\d+\s+\d+\s+R\b|\/Subtype\s*\/Link\b[\s\S]*\/T\s*[(<]|\/T\s*[(<][\s\S]*\/Subtype\s*\/Link\b/],
  ['ATTACHMENTS', /\/(?:EmbeddedFiles?|FileAttachment)\b|\/EF\s*<</],
  ['FORM_VALUES', /\/D?V\s*(?:\(|<(?!<)|\d+\s+\d+\s+R\b)/],
  ['PROGRAM_DATA', /\/PieceInfo\b|\/O\s*\/UserProperties\b|\/Base\s*[(<]/],
  ['SIGNATURE', /\/ByteRange\b|\/Type\s*\/Sig\b/],
];

async function tracesOf(pdf: Pdf, packed: readonly (readonly Packed[])[] | undefined, reached: ReadonlySet<string>): Promise<Trace[]> {
  const { objects, trailers, properties } = pdf;
  if (/\/Encrypt\b/.test(trailers)) return ['ENCRYPTED'];
  if (!packed) return ['UNREADABLE'];
  const hidden = packed.flat();
  const traces: Trace[] = [];
  for await (const { text } of eachOf([...objects, ...hidden]))
    for (const [trace, sign] of SIGNS) if (!traces.includes(trace) && sign.test(text)) traces.push(trace);
  const isShown = ({ number }: Packed): boolean => reached.has(number) && !properties.has(number);
  const shown = [...objects.filter((object) => !isBlanked(pdf, object, reached)), ...hidden.filter(isShown), { text: trailers }];
  for await (const { text } of eachOf(shown)) if (!traces.includes('PROGRAM_DATA') && PERSONS.test(text)) traces.push('PROGRAM_DATA');
  const numbers = [...objects, ...hidden].map(({ number }) => number);
  if (new Set(numbers).size < numbers.length) traces.push('EARLIER_VERSION');
  const tells = (text: string): boolean => withoutEntries(text, false) !== text;
  if (hidden.some(({ number, text }) => properties.has(number) || tells(text) || (!reached.has(number) && HOLDS_TEXT.test(text))))
    traces.push('PACKED_PROPERTIES');
  return traces;
}
/** A string, whichever way it is written. */
const HOLDS_TEXT = /\(|<[0-9A-Fa-f\s]+>/;

const NOTHING = ' null ';
/** What is shorter than `null` is empty. */
function blank(bytes: Buffer, { start, end }: OpenObject): void {
  if (end - start < NOTHING.length) return;
  bytes.fill(' ', start, end);
  bytes.write(NOTHING, start, 'latin1');
}
