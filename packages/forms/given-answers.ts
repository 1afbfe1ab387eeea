import type { GivenLocation, GivenMoney, GivenValue } from './given-value.ts';
import type { TemplateField } from './template-body.ts';

/** `FieldValue` of the API, as far as it was selected; which of these it has hangs on its type. */
export interface AnsweredValue {
  readonly __typename?: string;
  readonly text?: string | null;
  readonly number?: string | number | null;
  readonly money?: GivenMoney | null;
  readonly date?: string | null;
  readonly yes?: boolean | null;
  readonly option?: { readonly id: string } | null;
  readonly options?: readonly { readonly id: string }[] | null;
  readonly employee?: { readonly id: string } | null;
  readonly files?: readonly { readonly id: string }[] | null;
  readonly name?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly accuracy?: number | null;
  readonly lines?: readonly { readonly values: readonly (AnsweredValue & { readonly field: { readonly name: string } })[] }[] | null;
}
/** `FormAnswer` of the API. */
export interface Answered {
  readonly name: string;
  readonly value?: AnsweredValue | null;
}

const CELLS = `text ... on NumberValue { number } ... on MoneyValue { money { amount currency } } ... on DateValue { date }
  ... on YesNoValue { yes } ... on ChoiceValue { option { id } } ... on ChoicesValue { options { id } } ... on EmployeeValue { employee { id } }`;
/** What `givenAnswers` needs: `{ businessForm(id: $id) { answers { ...FormAnswers } } }` with this beside the query. */
export const FORM_ANSWERS = `fragment FormAnswers on FormAnswer {
  name value { __typename ${CELLS} ... on FileValue { files { id } } ... on LocationValue { name latitude longitude accuracy }
  ... on LinesValue { lines { values { __typename field { name } ${CELLS} } } } }
}`;

type Way = (value: AnsweredValue, field: Pick<TemplateField, 'columns'>) => Omit<GivenValue, 'field'> | undefined;
const asText: Way = ({ text }) => ({ text });
const WAYS: Readonly<Record<string, Way>> = {
  TextValue: asText,
  PhoneValue: asText,
  NumberValue: ({ number }) => ({ number }),
  MoneyValue: ({ money }) => ({ money }),
  DateValue: ({ date }) => ({ date }),
  YesNoValue: ({ yes }) => ({ yes }),
  ChoiceValue: ({ option }) => (option ? { optionIds: [option.id] } : undefined),
  ChoicesValue: ({ options }) => ({ optionIds: options?.map(({ id }) => id) ?? [] }),
  EmployeeValue: ({ employee }) => (employee ? { employeeId: employee.id } : undefined),
  FileValue: ({ files }) => ({ uploadIds: files?.map(({ id }) => id) ?? [] }),
  LocationValue: ({ name, latitude, longitude, accuracy }) => ({ location: { name, latitude, longitude, accuracy } as GivenLocation }),
  LinesValue: ({ lines }, { columns = [] }) => ({
    lines: lines?.map(({ values }) => ({
      values: values.flatMap((cell) => {
        const column = columns.find(({ name }) => name === cell.field.name);
        return column && !column.product ? given(column.name, cell, {}) : [];
      }),
    })),
  }),
};

function given(field: string, value: AnsweredValue, of: Pick<TemplateField, 'columns'>): GivenValue[] {
  const way = WAYS[value.__typename ?? '']?.(value, of);
  return way ? [{ field, ...way }] : [];
}

/**
 * What was answered, as it would be given again: to fill in a form for its correction, or a draft. What nobody fills in, what you may not
 * name (an employee whom the portal does not show you) and values of plugins' kinds are left out.
 */
export const givenAnswers = (fields: readonly TemplateField[], answers: readonly Answered[]): GivenValue[] =>
  answers.flatMap(({ name, value }) => {
    const field = fields.find((one) => one.name === name);
    return field && value ? given(name, value, field) : [];
  });
