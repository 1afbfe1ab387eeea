import { builtInKinds, type FieldDefinition, FieldKinds, type Shown, type ShownValue, type StoredValue } from '../../sdk/core.ts';
import { type FieldKind, fieldKinds, type Switchboard } from '../../sdk/index.ts';

export type FieldValueSource = ShownValue;

let known: { readonly further: readonly FieldKind[]; readonly kinds: FieldKinds } = { further: [], kinds: builtInKinds };

/** All kinds of field of this server: the core's, and those of its modules. @param from a use case, or what a resolver gets */
export function kindsOf(from: Pick<Switchboard, 'registered'>): FieldKinds {
  const further = from.registered(fieldKinds);
  if (further.length === 0) return builtInKinds;
  if (further.length !== known.further.length || further.some((kind, i) => kind !== known.further[i]))
    known = { further, kinds: new FieldKinds(further) };
  return known.kinds;
}

/** What a value refers to, as its reader may know it: names by ids. */
export interface Names {
  readonly employees: Readonly<Record<string, string>> | null;
  readonly files: Readonly<Record<string, string>> | null;
}

/** A value as a resolver gives it to `FieldValue`. @param names nothing is left out by mistake: an employee without a name is an empty text */
export const shownValue = (kinds: FieldKinds, field: FieldDefinition, value: StoredValue | undefined, names: Names): ShownValue | null =>
  kinds.shown(field, value, (shown): Shown => ({ ...shown, employee: (id) => names.employees?.[id], file: (id) => names.files?.[id] }));
