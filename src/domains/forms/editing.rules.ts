import { shownForm } from '@guichet/forms';
import type { StoredValue, StoredValues } from '../../sdk/core.ts';
import { isSameValue } from '../fields/index.ts';
import type { TemplateField } from './template-body.ts';

/** What an approver or a correction has changed, as it stands in the history: with the field as it was asked. */
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
    .filter(({ id }) => !isSameValue(before[id], after[id]))
    .map((field) => ({ field, from: before[field.id] ?? null, to: after[field.id] ?? null }));

/** Names of the fields that a correction may ask for: those that the submitter fills in and reads. */
export const correctable = ({ writtenBy, readBy }: TemplateField): boolean => writtenBy === 'SUBMITTER' && readBy !== 'STAFF';

/** Where a correction asks for some fields: changes of others, but for those that are asked for because of it, and were not before. */
export function unaskedChanges(changes: readonly ValueChange[], { asked, fields, before, after }: Correction): readonly ValueChange[] {
  if (asked.length === 0) return [];
  const [was, is] = [shownForm(fields, before), shownForm(fields, after)];
  const wasShown = new Set(was.shown.map(({ id }) => id));
  const isNew = ({ id }: TemplateField): boolean => !wasShown.has(id) || (is.required.has(id) && before[id] === undefined);
  return changes.filter(({ field }) => !asked.includes(field.name) && !isNew(field));
}
interface Correction {
  /** Names of the fields that are to be corrected; none: all are open. */
  readonly asked: readonly string[];
  readonly fields: readonly TemplateField[];
  readonly before: StoredValues;
  readonly after: StoredValues;
}

/** Values that the customer has not been shown: those that they never read, and those that are new since it was their turn. */
export const heldBack = (shown: StoredValues, values: StoredValues, fields: readonly TemplateField[]): StoredValues => {
  const inside = new Set(fields.filter(({ readBy }) => readBy === 'STAFF').map(({ id }) => id));
  return Object.fromEntries(Object.entries(values).filter(([id, value]) => inside.has(id) || !isSameValue(shown[id], value)));
};
