import { isStorable } from '../../platform/database/storable.ts';
import type { FormField } from '../../sdk/index.ts';
import type { Issue } from './form.refusals.ts';

const MOST_CHARACTERS = 2_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const FAULTS: Record<FormField['type'], (value: unknown, field: FormField) => string | undefined> = {
  TEXT: (value) =>
    typeof value === 'string' && value.length <= MOST_CHARACTERS && isStorable(value)
      ? undefined
      : `Text of at most ${MOST_CHARACTERS} characters, please.`,
  NUMBER: (value) => (typeof value === 'number' && Number.isFinite(value) ? undefined : 'A number, please.'),
  DATE: (value) => (typeof value === 'string' && isDay(value) ? undefined : 'A day such as 2026-06-01, please.'),
  CHOICE: (value, { choices = [] }) =>
    typeof value === 'string' && choices.includes(value) ? undefined : `One of ${choices.join(', ')}, please.`,
  YES_NO: (value) => (typeof value === 'boolean' ? undefined : 'Yes or no, please.'),
};

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isDay(value: string): boolean {
  const at = DAY.test(value) ? new Date(value) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** What is wrong with answers to a template's fields; nothing where all is right. */
export function faultsOf(fields: readonly FormField[], values: Readonly<Record<string, unknown>>): Issue[] {
  const known = new Set(fields.map(({ name }) => name));
  const given = new Map(Object.entries(values));
  const unknown = [...given.keys()].filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => ({ path: ['input', 'values', name], code: 'UNKNOWN_FIELD', message: 'The template has no such field.' })),
    ...fields.flatMap((field): Issue[] => {
      const value = given.get(field.name);
      const path = ['input', 'values', field.name];
      if (isEmpty(value)) return field.required ? [{ path, code: 'REQUIRED', message: `${field.label} must be filled in.` }] : [];
      const message = FAULTS[field.type](value, field);
      return message ? [{ path, code: 'INVALID', message }] : [];
    }),
  ];
}
