import type { FieldKind } from '../../platform/fields/field-kind.ts';
import { registrationPoint } from '../../platform/write/service.ts';

export type { FieldDefinition, FieldOption, GivenValue, StoredValue, StoredValues } from '../../platform/fields/field.ts';
export { type FieldKind, fieldKind } from '../../platform/fields/field-kind.ts';
export { fieldValues } from '../../platform/input/field-value.input.ts';

/**
 * Kinds of field of modules: `registrations: [register(fieldKinds, kind)]`. The kind is then one of forms, of contacts and of sheets at once;
 * its name begins with the plugin's prefix, and its `type` is an object type of the plugin that implements `FieldValue`.
 */
export const fieldKinds = registrationPoint<FieldKind>('fields.kinds');
