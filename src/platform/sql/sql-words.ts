// What an author's SQL may be made of. Everything else is refused: a table can only be named by a handle, and a sub-select only be written
// by `exists` and `valueFrom`, so there is no way past the rules (spec 8.2).

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

const WORDS: ReadonlySet<string> = new Set([
  ...list('and or not is null true false unknown case when then else end in any all between like ilike escape array'),
  ...list(
    'text int integer bigint smallint numeric real double precision boolean uuid date time timestamp timestamptz interval json jsonb',
  ),
  ...list('at zone cast as coalesce nullif greatest least abs round floor ceil trunc mod div sign power sqrt'),
  ...list('length char_length lower upper trim btrim ltrim rtrim left right position replace split_part starts_with concat concat_ws'),
  ...list('lpad rpad date_trunc date_part age make_date make_interval to_char cardinality array_length array_position'),
  ...list('jsonb_array_length jsonb_typeof jsonb_extract_path_text jsonb_object_agg jsonb_build_object count'),
]);
const TOKEN = /'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|::|[()[\],]|[<>=!~|&#@?^+*/%-]+|\s+/y;

interface Scan {
  depth: number;
  former: string;
  before: string;
}

/** @returns what is wrong with the literal parts of a piece of SQL; undefined where nothing is. */
export function strayIn(parts: readonly string[]): string | undefined {
  const scan: Scan = { depth: 0, former: '', before: '' };
  for (const part of parts) {
    const stray = strayInPart(part, scan);
    if (stray !== undefined) return stray;
    scan.before = scan.former;
    scan.former = '';
  }
  return scan.depth === 0 ? undefined : '(';
}

function strayInPart(part: string, scan: Scan): string | undefined {
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < part.length) {
    const at = TOKEN.lastIndex;
    const [token] = TOKEN.exec(part) ?? [];
    if (token === undefined) return part.slice(at, at + 20);
    if (isStray(token, scan)) return token;
    if (!/^\s/.test(token)) [scan.before, scan.former] = [scan.former, token.toLowerCase()];
  }
  return undefined;
}

function isStray(token: string, scan: Scan): boolean {
  if (token === '(' || token === '[') scan.depth++;
  if (token === ')' || token === ']') return --scan.depth < 0;
  if (/^[a-z_]/i.test(token)) return !isWord(token.toLowerCase(), scan);
  return !token.startsWith("'") && /--|\/\*|\*\//.test(token);
}

/** `is distinct from` compares; any other `from` would read. */
function isWord(word: string, { former, before }: Scan): boolean {
  if (word === 'distinct') return former === 'is' || (former === 'not' && before === 'is');
  return WORDS.has(word) || (word === 'from' && former === 'distinct');
}
