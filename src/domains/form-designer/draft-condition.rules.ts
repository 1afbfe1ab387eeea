import type { Condition, FieldCondition, FieldDefinition, TemplateField } from '../forms/index.ts';
import { CONDITION_VALUES, type GivenCondition } from './condition.input.ts';

type Asked = TemplateField | FieldDefinition;

/** A condition as it is kept: fields, columns and choices by their ids. What is not there keeps the name it was given, and is told when it is published. */
export function conditionOf(given: GivenCondition, fields: readonly TemplateField[]): Condition {
  if (given.all) return { all: given.all.map((one) => conditionOf(one, fields)) };
  if (given.any) return { any: given.any.map((one) => conditionOf(one, fields)) };
  if (given.not) return { not: conditionOf(given.not, fields) };
  return comparisonOf(given, fields);
}

function comparisonOf(given: GivenCondition, fields: readonly TemplateField[]): FieldCondition {
  const field = byName(fields, given.field);
  const column = given.total == null ? undefined : byName(field?.columns ?? [], given.total);
  const value = comparedWith(given, field);
  return {
    field: field?.id ?? given.field ?? '',
    ...(given.total == null ? {} : { total: column?.id ?? given.total }),
    op: given.op ?? 'FILLED',
    ...(value === undefined ? {} : { value }),
  };
}

const byName = <Field extends Asked>(fields: readonly Field[], named: string | null | undefined): Field | undefined =>
  fields.find(({ name }) => name === named) ?? fields.find(({ id }) => id === named);

/** Several values at once stay several: that is told when it is published. */
function comparedWith(given: GivenCondition, field: TemplateField | undefined): unknown {
  const named = CONDITION_VALUES.filter((name) => given[name] != null);
  if (named.length > 1) return Object.fromEntries(named.map((name) => [name, given[name]]));
  const [name] = named;
  if (name === undefined) return undefined;
  if (name !== 'optionIds') return given[name];
  const ids = given.optionIds!.map((named) => (field?.options?.find(({ id }) => id === named) ?? byLabel(field, named))?.id ?? named);
  return given.op === 'IN' || ids.length !== 1 ? ids : ids[0];
}
const byLabel = (field: TemplateField | undefined, label: string) => field?.options?.find((option) => option.label === label);
