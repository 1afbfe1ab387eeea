import { type Declarations, fieldName, type TypeDeclaration } from './declarations.ts';
import type { FieldSpec } from './field-spec.ts';
import { isShown, type Surface } from './surface.ts';

export type ShownFields = Map<string, { readonly module: string; readonly spec: FieldSpec }>;

const itemOf = (type: string): string => type.replaceAll(/[[\]?]/g, '');
const targetOf = ({ type, pageOf }: FieldSpec): string => pageOf ?? itemOf(type);

/**
 * The fields of each type that a surface shows. A field whose type has nothing to show is left out with it, so nothing that a caller may
 * never read is even named.
 */
export function shownTypes(all: Declarations, surface: Surface): Map<string, ShownFields> {
  const shown = new Map([...all.types.values()].map((type) => [type.name, fieldsOf(all, type, surface)]));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, fields] of shown) {
      for (const [field, { spec }] of fields) if (isGone(all, shown, spec)) changed = fields.delete(field) || changed;
      if (fields.size === 0) changed = shown.delete(name) || changed;
    }
  }
  return shown;
}

function isGone(all: Declarations, shown: ReadonlyMap<string, ShownFields>, spec: FieldSpec): boolean {
  const target = targetOf(spec);
  return all.types.has(target) && !shown.has(target);
}

function fieldsOf(all: Declarations, type: TypeDeclaration, surface: Surface): ShownFields {
  const inherited = type.interfaces.map((name) => all.types.get(name)).filter((one) => one !== undefined);
  const fields: ShownFields = new Map();
  for (const { fields: declared, entity } of [...inherited, type]) {
    if (declared !== type.fields && entity === undefined) continue; // an interface without a table has no values to inherit
    for (const [key, field] of declared) if (isShown(surface, field.spec.rule, field.spec.surface)) fields.set(fieldName(key), field);
  }
  return fields;
}
