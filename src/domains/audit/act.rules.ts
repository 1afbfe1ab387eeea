import { type DeclaredMutation, type InputFields, NO_ID } from '../../sdk/core.ts';
import type { Outcome } from '../../sdk/index.ts';
import type { ActObject } from './audit-entry.entity.ts';

type Values = Readonly<Record<string, unknown>>;
/** A value of an input, and where it stood: `lines.0.quantity`. */
export interface GivenField {
  readonly path: string;
  readonly value: unknown;
}
export interface Given {
  readonly objects: readonly ActObject[];
  readonly fields: readonly GivenField[];
}

/** What an input holds: the objects that it names, and all other values. What was left out is neither. */
export function givenIn(input: InputFields, values: Values, under = ''): Given {
  const objects: ActObject[] = [];
  const fields: GivenField[] = [];
  for (const [name, { refersTo, object }] of Object.entries(input)) {
    const value = values[name];
    const path = `${under}${name}`;
    if (value === undefined) continue;
    if (saysNothingBelow(value)) fields.push({ path, value });
    else if (refersTo !== undefined) for (const id of listed<string>(value)) objects.push([refersTo, id]);
    else if (object)
      for (const [at, one] of inside(value)) {
        const inner = givenIn(object.fields, one, `${path}.${at}`);
        objects.push(...inner.objects);
        fields.push(...inner.fields);
      }
    else fields.push({ path, value });
  }
  return { objects, fields };
}

/** Null, or an empty list: it takes away what was there, and there is nothing in it that could stand in the record instead. */
const saysNothingBelow = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);
const listed = <Value>(value: unknown): readonly Value[] => (Array.isArray(value) ? value : [value as Value]);
/** An input object, or each of a list with its place. */
const inside = (value: unknown): readonly (readonly [at: string, values: Values])[] =>
  Array.isArray(value) ? value.map((one, at) => [`${at}.`, one] as const) : [['', value as Values]];

/** Objects that an outcome names, such as those that were made. */
export const objectsOf = ({ outcomeIds }: Pick<DeclaredMutation, 'outcomeIds'>, outcome: Outcome): readonly ActObject[] =>
  Object.entries(outcomeIds).flatMap(([property, type]): ActObject[] => {
    const id = outcome[property];
    return typeof id === 'string' ? [[type, id]] : [];
  });

/** Each once, without those that a bulk act was refused for, and ids that were never issued. */
export function distinct(objects: readonly ActObject[], tried: ReadonlyMap<string, boolean>): readonly ActObject[] {
  const byId = new Map(objects.map((object) => [object[1], object]));
  return [...byId.values()].filter(([, id]) => id !== NO_ID && tried.get(id) !== false);
}
