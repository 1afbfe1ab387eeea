import type { GivenValue, StoredValues } from '../../sdk/core.ts';
import type { UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { asNamedByContact, kindsOf } from '../fields/index.ts';
import type { TemplateField } from './template-body.ts';

/**
 * Values as whoever gives them names employees. A contact knows whom it is shown: its owner, and those whom the form names already.
 * @param fields that it may read
 */
export async function asNamed(
  use: UseCase,
  fields: readonly TemplateField[],
  given: readonly GivenValue[],
  before: StoredValues,
): Promise<readonly GivenValue[]> {
  if (use.seat.kind !== 'CONTACT' || !fields.some(namesEmployees)) return given;
  const found = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', use.seat.id).executeTakeFirst();
  const owner = found?.owner_id;
  return asNamedByContact(use, given, [...(owner ? [owner] : []), ...employeesIn(use, fields, before)]);
}

const namesEmployees = ({ kind, columns = [] }: Pick<TemplateField, 'kind' | 'columns'>): boolean =>
  kind === 'EMPLOYEE' || columns.some((column) => column.kind === 'EMPLOYEE');

function employeesIn(use: UseCase, fields: readonly TemplateField[], values: StoredValues): string[] {
  const kinds = kindsOf(use);
  return fields.flatMap((field) => {
    const value = values[field.id];
    return value === undefined ? [] : (kinds.of(field.kind)?.references?.(value, field).employees ?? []);
  });
}
