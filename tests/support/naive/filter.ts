/** Null is neither true nor false: what a seat may not read is so in every comparison (spec 2.5), and nothing else is. */
export type Truth = boolean | null;
type Where = Readonly<Record<string, unknown>>;
/** What one comparison of one field is, such as `equals` of `owner`. */
export type Compared = (comparison: string, given: unknown) => Truth;

const all = (of: readonly Truth[]): Truth => (of.includes(false) ? false : of.includes(null) ? null : true);
const any = (of: readonly Truth[]): Truth => (of.includes(true) ? true : of.includes(null) ? null : false);
const not = (of: Truth): Truth => (of === null ? null : !of);

export function truthOf(where: Where | null | undefined, fields: Readonly<Record<string, Compared | null>>): Truth {
  const parts = Object.entries(where ?? {}).filter(([, of]) => of != null);
  return all(
    parts.map(([name, of]) => {
      if (name === 'not') return not(truthOf(of as Where, fields));
      if (name === 'and') return all((of as Where[]).map((one) => truthOf(one, fields)));
      if (name === 'or') return any((of as Where[]).map((one) => truthOf(one, fields)));
      const compared = fields[name];
      if (!compared) return null;
      const comparisons = Object.entries(of as Where).filter(([, given]) => given != null);
      return all(comparisons.map(([comparison, given]) => compared(comparison, given)));
    }),
  );
}

/** Comparisons of a value. @param read makes what was given comparable with it. */
export const comparing =
  <T extends string | number | boolean>(value: T | null, read: (given: unknown) => T = (given) => given as T): Compared =>
  (comparison, given) => {
    if (comparison === 'isNull') return (value === null) === given;
    if (value === null) return false;
    if (comparison === 'in') return (given as unknown[]).map(read).includes(value);
    const other = read(given);
    if (comparison === 'equals') return value === other;
    if (comparison === 'startsWith') return String(value).startsWith(String(other));
    return comparison === 'before' || comparison === 'lessThan' ? value < other : value > other;
  };
export const comparingMoment = (value: Date | null): Compared =>
  comparing(value === null ? null : value.getTime(), (given) => new Date(given as string).getTime());

export const comparingLinks =
  (links: readonly string[]): Compared =>
  (comparison, given) => {
    const asked = [...new Set(given as string[])];
    if (comparison === 'all') return asked.every((one) => links.includes(one));
    const hasAny = asked.some((one) => links.includes(one));
    return comparison === 'none' ? !hasAny : hasAny;
  };
