/** A line of two texts: it is in both, or in one of them. */
export interface TextChange {
  readonly kind: 'SAME' | 'REMOVED' | 'ADDED';
  readonly text: string;
}

/** Cells of the table of common lines at the most; beyond, all that differs is told as taken away and put there. */
const MOST_CELLS = 4_000_000;

/** What leads from one text to another, line by line: the longest common lines stay. */
export function textDiff(from: string, to: string): TextChange[] {
  const a = from.split('\n');
  const b = to.split('\n');
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [
    ...a.slice(0, head).map(said('SAME')),
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(said('SAME')),
  ];
}
const said =
  (kind: TextChange['kind']) =>
  (text: string): TextChange => ({ kind, text });

function between(a: readonly string[], b: readonly string[]): TextChange[] {
  if ((a.length + 1) * (b.length + 1) > MOST_CELLS) return [...a.map(said('REMOVED')), ...b.map(said('ADDED'))];
  const common = commonFrom(a, b);
  const changes: TextChange[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      changes.push({ kind: 'SAME', text: a[i]! });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      changes.push({ kind: 'REMOVED', text: a[i++]! });
    else changes.push({ kind: 'ADDED', text: b[j++]! });
  }
  return changes;
}

/** How many lines are common to what follows each place. */
function commonFrom(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i]![j] = a[i] === b[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}
