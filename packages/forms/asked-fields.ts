import type { FieldDefinition } from './field-definition.ts';
import type { GivenMoney } from './given-value.ts';
import type { Comparison, Condition, TemplateField } from './template-body.ts';

/** Nothing and null are one: GraphQL has null for what is not there. */
type Asked<Settings> = { readonly [Name in keyof Settings]?: Settings[Name] | null };

/** `FormCondition` of the API, as far as it was selected. */
export interface AskedCondition
  extends Asked<{
    all: readonly AskedCondition[];
    any: readonly AskedCondition[];
    not: AskedCondition;
    field: string;
    total: string;
    op: Comparison;
    text: string;
    number: number;
    money: GivenMoney;
    date: string;
    optionIds: readonly string[];
    employeeId: string;
    yes: boolean;
  }> {}

type Settings = Asked<Omit<FieldDefinition, 'id' | 'name' | 'label' | 'kind' | 'required' | 'options' | 'columns'>> & {
  readonly options?: readonly { readonly id: string; readonly label: string; readonly parentId?: string | null }[] | null;
};
/** `FormColumn` of the API. */
export type AskedColumn = Settings & Pick<FieldDefinition, 'id' | 'name' | 'label' | 'kind' | 'required'>;
/** `FormTemplateField` of the API: of `FormTemplate.fields`, `BusinessForm.fields`, `FormTask.fields`. */
export interface AskedField extends AskedColumn {
  readonly columns?: readonly AskedColumn[] | null;
  readonly section?: string | null;
  readonly hint?: string | null;
  readonly bySubmitter?: boolean | null;
  readonly showWhen?: AskedCondition | null;
  readonly requireWhen?: AskedCondition | null;
}

/** As many levels of conditions as a document has room for. */
const LEVELS = 4;
const COMPARED = 'field total op text number money { amount currency } date optionIds employeeId yes';
const condition = (levels: number): string =>
  levels === 0
    ? COMPARED
    : `${COMPARED} all { ${condition(levels - 1)} } any { ${condition(levels - 1)} } not { ${condition(levels - 1)} }`;
const SETTINGS = 'id name label kind required options { id label parentId } min max maxLength decimals currency most';
/** What `askedFields` needs of each field: `{ formTemplate(id: $id) { fields { ...FormFields } } }` with this beside the query. */
export const FORM_FIELDS = `fragment FormFields on FormTemplateField {
  ${SETTINGS} section hint bySubmitter columns { ${SETTINGS} product summed }
  showWhen { ...FormConditions } requireWhen { ...FormConditions }
}
fragment FormConditions on FormCondition { ${condition(LEVELS - 1)} }`;

/** Fields as the API gives them, as everything here takes them. @throws where a part of a condition was not selected */
export const askedFields = (asked: readonly AskedField[]): TemplateField[] => asked.map((field) => askedField(field, asked));

function askedField({ showWhen, requireWhen, bySubmitter, columns, ...field }: AskedField, all: readonly AskedField[]): TemplateField {
  return {
    ...defined(field),
    ...(columns?.length ? { columns: columns.map(defined) } : {}),
    readBy: 'EVERYBODY',
    // What only explains is nobody’s, on the server too: whoever answers it is told so.
    writtenBy: bySubmitter === false && field.kind !== 'EXPLANATION' ? { stepIds: [] } : 'SUBMITTER',
    ...(showWhen ? { showWhen: conditionOf(showWhen, all) } : {}),
    ...(requireWhen ? { requireWhen: conditionOf(requireWhen, all) } : {}),
  };
}

/** Lists that say nothing are not there: a product of no columns is none. */
function defined<Column extends AskedColumn>(column: Column): FieldDefinition & Pick<TemplateField, 'section' | 'hint'> {
  const options = column.options?.map(({ parentId, ...option }) => (parentId == null ? option : { ...option, parentId }));
  const said = Object.entries({ ...column, options }).filter(([, value]) => value != null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said) as unknown as FieldDefinition;
}

function conditionOf(asked: AskedCondition, fields: readonly AskedField[]): Condition {
  if (asked.all) return { all: asked.all.map((one) => conditionOf(one, fields)) };
  if (asked.any) return { any: asked.any.map((one) => conditionOf(one, fields)) };
  if (asked.not) return { not: conditionOf(asked.not, fields) };
  const field = fields.find(({ name }) => name === asked.field);
  if (asked.field == null || asked.op == null)
    throw new Error(`A condition is deeper than was selected: FORM_FIELDS has ${LEVELS} levels.`);
  const total = asked.total == null ? undefined : (field?.columns?.find(({ name }) => name === asked.total)?.id ?? asked.total);
  const { op } = asked;
  const value = op === 'FILLED' || op === 'EMPTY' ? undefined : comparedWith(asked, op);
  return {
    field: field?.id ?? asked.field,
    ...(total === undefined ? {} : { total }),
    op,
    ...(value === undefined ? {} : { value }),
  };
}

function comparedWith({ field, text, number, money, date, optionIds, employeeId, yes }: AskedCondition, op: Comparison): unknown {
  const value = text ?? number ?? money ?? date ?? employeeId ?? yes ?? (optionIds?.length === 1 && op !== 'IN' ? optionIds[0] : optionIds);
  if (value == null) throw new Error(`The condition on “${field}” has no value: select all of its fields, as FORM_FIELDS does.`);
  return value;
}
