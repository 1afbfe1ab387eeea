import type { FormField } from '../../sdk/index.ts';
import type { Audience, Flow, TemplateBody, TemplateField } from './template-body.ts';

/** A published version as it is kept. */
export interface KeptVersion {
  readonly fields: readonly (FormField | TemplateField)[];
  readonly with_confirmation: boolean;
  readonly flow: Partial<Omit<Flow, 'withConfirmation'>>;
  readonly audience: Partial<Audience>;
  readonly number_prefix: string | null;
}

/** How forms flowed before there was a designer, and whom a template was for. */
const FLOW: Omit<Flow, 'withConfirmation'> = { route: 'BY_HAND', cc: [], withdrawal: 'UNTIL_FIRST_DECISION' };
export const EVERY_CONTACT: Audience = { contacts: 'ALL', employees: false };

/** The body of a version, whatever it was published by. */
export const bodyOf = ({ fields, with_confirmation, flow, audience, number_prefix }: KeptVersion): TemplateBody => ({
  fields: fields.map(fieldOf),
  flow: { ...FLOW, ...flow, withConfirmation: with_confirmation },
  audience: { ...EVERY_CONTACT, ...audience },
  ...(number_prefix === null ? {} : { numberPrefix: number_prefix }),
});

/** A module's field is found by its name, and its choices by what they say: its forms kept their answers so. */
export function fieldOf(field: FormField | TemplateField): TemplateField {
  if ('kind' in field) return field;
  const { type, choices, name, label, required } = field;
  const options = choices?.map((choice) => ({ id: choice, label: choice }));
  return {
    id: name,
    name,
    label,
    kind: type,
    required: required === true,
    ...(options ? { options } : {}),
    readBy: 'EVERYBODY',
    writtenBy: 'SUBMITTER',
  };
}
