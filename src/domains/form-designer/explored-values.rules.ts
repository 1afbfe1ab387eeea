import {
  type Condition,
  comparisonsOf,
  type FieldCondition,
  type FieldDefinition,
  type FormValues,
  type TemplateField,
} from '@guichet/forms';

/** One thing that conditions look at, with the values that make a difference to them. */
export interface Axis {
  readonly field: TemplateField;
  readonly total?: string;
  readonly values: readonly unknown[];
}
const DAY = 86_400_000;
const MOST_OPTIONS = 20;

/** What conditions look at, each once. */
export function axesOf(fields: readonly TemplateField[], conditions: readonly Condition[]): Axis[] {
  const compared = Map.groupBy(
    conditions.flatMap((condition) => comparisonsOf(condition).map(({ of }) => of)),
    ({ field, total }) => `${field} ${total ?? ''}`,
  );
  return [...compared.values()].flatMap((all): Axis[] => {
    const { field: id, total } = all[0]!;
    const field = fields.find((one) => one.id === id);
    const of = total === undefined ? field : field?.columns?.find((column) => column.id === total);
    if (!field || !of) return [];
    const isSure = total === undefined && field.required && !field.showWhen;
    return [{ field, ...(total === undefined ? {} : { total }), values: [...(isSure ? [] : [undefined]), ...valuesAround(of, all)] }];
  });
}

/** Values on both sides of each that is compared with. */
function valuesAround(field: FieldDefinition, compared: readonly FieldCondition[]): unknown[] {
  const constants = compared.flatMap(({ value }) => (Array.isArray(value) ? value : value === undefined ? [] : [value]));
  if (field.options) return choicesAround(field, constants);
  if (field.kind === 'YES_NO') return [true, false];
  if (field.kind === 'NUMBER') return around(constants as number[], 10 ** -(field.decimals ?? 0), field).map(String);
  if (field.kind === 'MONEY') {
    const { currency = 'CNY' } = field;
    return around(
      (constants as { amount: number }[]).map(({ amount }) => amount),
      1,
      {},
    ).map((amount) => ({ amount, currency }));
  }
  if (field.kind === 'DATE') return daysAround(constants as string[]);
  if (field.kind === 'LINES') return [{ lines: [{}], totals: {} }];
  return [...new Set([...constants, '…'])];
}

function choicesAround({ kind, options = [] }: FieldDefinition, constants: readonly unknown[]): string[][] {
  const asked = options.filter(({ id }) => constants.includes(id));
  const other = options.find(({ id }) => !constants.includes(id));
  const one = [...asked, ...(other ? [other] : [])].slice(0, MOST_OPTIONS).map(({ id }) => [id]);
  return kind === 'CHOICES' && asked.length > 1 ? [...one, asked.map(({ id }) => id)] : one;
}

function around(constants: readonly number[], step: number, { min, max }: Pick<FieldDefinition, 'min' | 'max'>): number[] {
  const [least, most] = [min === undefined ? -Infinity : Number(min), max === undefined ? Infinity : Number(max)];
  const all = constants.length ? constants.flatMap((value) => [value - step, value, value + step]) : [Math.max(least, 1)];
  const inside = [...new Set(all)].filter((value) => value >= least && value <= most).sort((a, b) => a - b);
  return inside.length ? inside : [Number.isFinite(least) ? least : most];
}

function daysAround(constants: readonly string[]): string[] {
  const all = constants.length ? constants : ['2026-01-01'];
  const days = all.flatMap((day) => [-1, 0, 1].map((by) => new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10)));
  return [...new Set(days)].sort();
}

/** How many cases there are. */
export const casesOf = (axes: readonly Axis[]): number => axes.reduce((all, { values }) => all * Math.max(1, values.length), 1);

/** Every case, one after the other: values by the ids of their fields. */
export function* cases(axes: readonly Axis[], at = 0, values: FormValues = {}): Generator<FormValues> {
  const axis = axes[at];
  if (!axis) yield values;
  else for (const value of axis.values.length ? axis.values : [undefined]) yield* cases(axes, at + 1, withValue(values, axis, value));
}

function withValue(values: FormValues, { field: { id }, total }: Axis, value: unknown): FormValues {
  if (value === undefined) return values;
  if (total === undefined) return { ...values, [id]: values[id] ?? value };
  const { totals } = (values[id] as { totals?: object } | undefined) ?? {};
  return { ...values, [id]: { lines: [{}], totals: { ...totals, [total]: value } } };
}
