import type { FieldDefinition } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { contactFields } from './contact-field.entity.ts';
import { definitionOf } from './contact-field.rules.ts';

/** Held together by all who write values; alone by who changes a field. */
export const FIELDS_TURN = 'contact-fields';
/** Fields of contacts as they are until the use case ends. */
export interface FieldsNow {
  /** The organization's own, in their order. */
  readonly own: readonly FieldDefinition[];
  /** Names of built-in fields that must be filled in, beyond those that always must. */
  readonly required: readonly string[];
}
const held = new WeakMap<UseCase, Promise<FieldsNow>>();

/**
 * Holds the fields of contacts as they are: whoever writes values calls it before anything is locked, and never first within a savepoint.
 * Changing a field waits for all of them, and they for it.
 */
export function holdFields(use: UseCase): Promise<FieldsNow> {
  let now = held.get(use);
  if (!now) {
    now = fieldsBehindTurn(use);
    held.set(use, now);
  }
  return now;
}

async function fieldsBehindTurn(use: UseCase): Promise<FieldsNow> {
  const [, rows] = await Promise.all([
    use.shareTurn(FIELDS_TURN),
    use
      .on(contactFields)
      .selectFrom('contact_fields')
      .select(['id', 'name', 'label', 'kind', 'settings', 'is_required', 'is_built_in'])
      .where((of) => of.or([of('is_built_in', '=', false), of('is_required', '=', true)]))
      .orderBy('position')
      .orderBy('id')
      .execute(),
  ]);
  return {
    own: rows.filter(({ is_built_in }) => !is_built_in).map(definitionOf),
    required: rows.filter(({ is_built_in, name }) => is_built_in && !ALWAYS.includes(name)).map(({ name }) => name),
  };
}
const ALWAYS = ['name', 'phone', 'tags'];

/** For who changes fields: nobody writes a value meanwhile. */
export const changeFields = (use: UseCase): Promise<void> => use.takeTurn(FIELDS_TURN);
