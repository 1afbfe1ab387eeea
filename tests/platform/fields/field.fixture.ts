import { builtInKinds, type FieldDefinition, type GivenValue, type TakenValues } from '../../../src/platform/fields/index.ts';

/** A field of a kind, with whatever else it is to be. */
export const fieldOf = (kind: string, more: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id: 'f1',
  name: 'it',
  label: 'It',
  kind,
  required: false,
  ...more,
});
export const COLOURS = [
  { id: 'r', label: '红' },
  { id: 'g', label: 'Green' },
  { id: 'b', label: 'Blue' },
];
export const PLACES = [
  { id: 'gd', label: '广东' },
  { id: 'sz', label: '深圳', parentId: 'gd' },
  { id: 'gz', label: '广州', parentId: 'gd' },
  { id: 'bj', label: '北京' },
];
export const PARTS = fieldOf('LINES', {
  columns: [
    { id: 'c1', name: 'part', label: 'Part', kind: 'TEXT', required: true },
    { id: 'c2', name: 'quantity', label: 'Quantity', kind: 'NUMBER', required: true, min: '0', decimals: 3 },
    { id: 'c3', name: 'price', label: 'Price', kind: 'MONEY', required: false },
    { id: 'c4', name: 'sum', label: 'Sum', kind: 'MONEY', required: false, product: ['quantity', 'price'], summed: true },
  ],
});
export const line = (part: string, quantity: string, amount?: number, currency = 'CNY'): { values: GivenValue[] } => ({
  values: [
    { field: 'part', text: part },
    { field: 'quantity', number: quantity },
    ...(amount === undefined ? [] : [{ field: 'price', money: { amount, currency } }]),
  ],
});

export const taken = (field: FieldDefinition, way: Omit<GivenValue, 'field'>): TakenValues =>
  builtInKinds.take([field], [{ field: field.name, ...way }], { country: 'CN', path: ['values'] });
/** Codes with their places. */
export const told = ({ issues }: Pick<TakenValues, 'issues'>): string[] => issues.map(({ code, path }) => `${code} ${path.join('.')}`);
