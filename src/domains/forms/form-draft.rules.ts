import { isDeepStrictEqual } from 'node:util';
import type { StoredValues } from '../../sdk/core.ts';
import type { TemplateField } from './template-body.ts';

/** A value that was given by another version of the template, and does not come along. */
export interface Lost {
  readonly name: string;
  readonly label: string;
  readonly reason: 'FIELD_GONE' | 'FIELD_CHANGED' | 'FILES_STAY';
}
export interface Fitting {
  readonly values: StoredValues;
  readonly lost: readonly Lost[];
}

/** What a value was checked by. How a field is called, where it stands, and whether it is asked for changes nothing about a value. */
const checkedBy = ({ kind, options, columns, min, max, maxLength, decimals, currency, most }: TemplateField): object => ({
  kind,
  options: options?.map(({ id, parentId }) => ({ id, parentId })),
  columns: columns?.map((column) => ({ ...column, label: '', required: false })),
  min,
  max,
  maxLength,
  decimals,
  currency,
  most,
});

/**
 * Values that were given by one version of a template, as far as they are values of another: a value whose field is defined otherwise by now
 * was checked by what no longer holds, and is given again.
 */
export function stillFitting(before: readonly TemplateField[], now: readonly TemplateField[], values: StoredValues): Fitting {
  const kept: Record<string, StoredValues[string]> = {};
  const lost: Lost[] = [];
  for (const field of before) {
    const value = values[field.id];
    if (value === undefined) continue;
    const found = now.find(({ id }) => id === field.id);
    const { name, label } = found ?? field;
    if (found?.writtenBy !== 'SUBMITTER') lost.push({ name, label, reason: 'FIELD_GONE' });
    else if (!isDeepStrictEqual(checkedBy(found), checkedBy(field))) lost.push({ name, label, reason: 'FIELD_CHANGED' });
    else kept[field.id] = value;
  }
  return { values: kept, lost };
}

const HOLD_FILES = new Set(['IMAGE', 'FILE', 'SIGNATURE']);
/** Files hang on the form that they were sent for. */
export const withoutFiles = (fields: readonly TemplateField[], values: StoredValues): StoredValues =>
  Object.fromEntries(Object.entries(values).filter(([id]) => !fields.some((field) => field.id === id && HOLD_FILES.has(field.kind))));
