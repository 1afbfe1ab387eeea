const OPEN = new Set(['(', '[', '{', '<']);
const CLOSE = new Set([')', ']', '}', '>']);
/** Comments and strings, in which brackets are no brackets. */
const OPAQUE = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/y;
const MOST_LINES = 20;

/** Where the first of some texts stands outside of all brackets; the end where there is none. */
function outside(text: string, ends: readonly string[], from = 0): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    OPAQUE.lastIndex = at;
    const opaque = OPAQUE.exec(text);
    if (opaque) {
      at += opaque[0].length - 1;
      continue;
    }
    if (depth === 0 && ends.some((end) => text.startsWith(end, at))) return at;
    if (text.startsWith('=>', at)) at++;
    else if (OPEN.has(text[at]!)) depth++;
    else if (CLOSE.has(text[at]!)) depth--;
  }
  return text.length;
}

const ARROW = /^export const (\w+) = (?:async )?(?=[(<])/;
const METHOD = /((?:^ {2}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?)^ {2}((?!constructor|#|static)(?:async |get )?\w+(?=[(<]))/gm;

/** A declaration as a reader wants it: what it takes and gives, without how it does it. @param text from `export` on */
export function shownDeclaration(text: string): string {
  if (/^export (interface|type) /.test(text))
    return text.slice(0, text.startsWith('export type') ? outside(text, [';']) + 1 : blockEnd(text));
  if (/^export (abstract )?class /.test(text)) return shownClass(text.slice(0, blockEnd(text)));
  const heading = text.replace(ARROW, 'export function $1').replace(/^export async /, 'export ');
  if (heading.startsWith('export function')) return ended(headOf(heading));
  const whole = text.slice(0, outside(text, [';']) + 1);
  const [, name, type] = /^export const (\w+)(: [^=]+?)? =/.exec(whole) ?? [];
  return whole.split('\n').length <= MOST_LINES && !type ? whole : `export declare const ${name}${type ?? ': object'};`;
}

const blockEnd = (text: string): number => text.search(/^\}/m) + 1;

/** Up to the body: a function's brace, or an arrow. */
function headOf(text: string): string {
  const parameters = outside(text, ['(']);
  const after = outside(text, [':', ' {', ' =>'], parameters);
  const end = text[after] === ':' ? endOfType(text, after + 1) : after;
  return text.slice(0, end).trimEnd();
}

/** Behind a type; one that is an object, or a function, has a brace or an arrow of its own. */
function endOfType(text: string, from: number): number {
  const start = from + (text.slice(from).search(/\S/) ?? 0);
  const first = text[start] === '{' ? outside(text, [' {', ' =>', '\n'], start) : outside(text, [' {', ' =>'], start);
  const isFunction = text[start] === '(' && text.startsWith(' =>', first);
  return isFunction ? outside(text, [' =>', ' {'], first + 3) : first;
}

/** Only where there is a body may a parameter have a value of its own. */
const ended = (head: string): string => (head.includes(' = ') ? `${head} {}` : `${head};`);

function shownClass(text: string): string {
  const head = text.slice(0, text.indexOf('{') + 1);
  const methods = [...text.matchAll(METHOD)].map(({ 1: comment = '', index }) => {
    const from = index + comment.length;
    return `${comment}${headOf(text.slice(from))} {}`;
  });
  return `${head}\n${methods.join('\n')}\n}`;
}
