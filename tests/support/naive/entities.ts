import { articleTypes } from './articles.ts';
import { contactEntity } from './contact.ts';
import { contactParts } from './contact-parts.ts';
import { directoryTypes } from './directory.ts';
import { formsOfContact, formTypes } from './forms.ts';
import { orderingTypes } from './ordering.ts';
import { windowTypes } from './window.ts';
import { fieldOf, type NaiveEntity } from './world.ts';

/** All types that the naive side can answer. */
export const ENTITIES: Readonly<Record<string, NaiveEntity>> = {
  Contact: { ...contactEntity, fields: { ...contactEntity.fields, businessForms: formsOfContact as never } },
  ...contactParts,
  ...directoryTypes,
  ...formTypes,
  ...orderingTypes,
  ...windowTypes,
  ...articleTypes,
};

/** Whether the naive side can answer a field. A type that it does not know at all has no field that it knows. */
export const knowsField = (type: string, field: string): boolean => fieldOf(ENTITIES, type, field) !== undefined;
export const knowsType = (type: string): boolean => type in ENTITIES || Object.values(ENTITIES).some(({ kinds }) => kinds?.[type]);
