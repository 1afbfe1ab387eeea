import type { StoredValue, StoredValues } from '../../platform/fields/index.ts';
import type { TemplateField } from './template-body.ts';

/** What an approver has changed, as it stands in the history: with the field as it was asked. */
export interface ValueChange {
  readonly field: TemplateField;
  readonly from: StoredValue | null;
  readonly to: StoredValue | null;
}
/** A step writes the fields that name it; of a step IN_ORDER each stop does. */
export const writtenAt =
  (stop: string | null) =>
  ({ writtenBy }: TemplateField): boolean =>
    writtenBy !== 'SUBMITTER' && stop !== null && writtenBy.stepIds.includes(stop.split(':')[0]!);

/** What was there with what is written now: an edit takes nothing away that others have filled in, also where conditions hide it by now. */
export function withEdits(before: StoredValues, edited: StoredValues, own: readonly TemplateField[]): StoredValues {
  const rest = Object.entries(before).filter(([id]) => !own.some((field) => field.id === id));
  const mine = own.flatMap(({ id }) => (edited[id] === undefined ? [] : [[id, edited[id]] as const]));
  return Object.fromEntries([...rest, ...mine]);
}

export const changesBetween = (before: StoredValues, after: StoredValues, own: readonly TemplateField[]): ValueChange[] =>
  own
    .filter(({ id }) => JSON.stringify(before[id]) !== JSON.stringify(after[id]))
    .map((field) => ({ field, from: before[field.id] ?? null, to: after[field.id] ?? null }));

/** Values that the customer has not been shown: those that they never read, and those that are new since it was their turn. */
export const heldBack = (shown: StoredValues, values: StoredValues, fields: readonly TemplateField[]): StoredValues => {
  const inside = new Set(fields.filter(({ readBy }) => readBy === 'STAFF').map(({ id }) => id));
  return Object.fromEntries(
    Object.entries(values).filter(([id, value]) => inside.has(id) || JSON.stringify(shown[id]) !== JSON.stringify(value)),
  );
};
