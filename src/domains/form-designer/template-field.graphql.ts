import type { GuichetBuilder } from '../../sdk/index.ts';
import { kindsOf } from '../fields/index.ts';
import type { FieldDefinition, FieldOption, Step, TemplateBody, TemplateField } from '../forms/index.ts';
import { form } from '../forms/index.ts';
import { conditionType } from './condition.graphql.ts';
import { FormFieldReaders } from './form-designer.words.ts';

/** A field with the others of its template, which its conditions name. */
export interface ShownField {
  readonly field: TemplateField;
  readonly fields: readonly TemplateField[];
  readonly steps: readonly Step[];
}
export const shownFields = ({ fields, flow }: TemplateBody, ofCustomer = false): ShownField[] =>
  fields
    .filter(({ readBy }) => !ofCustomer || readBy === 'EVERYBODY')
    .map((field) => ({ field, fields, steps: flow.route === 'BY_HAND' ? [] : flow.route }));

const rule = form.templates;

/** Fields of a form, as those see them who fill it in; who writes them is for those inside. */
export function fieldType(builder: GuichetBuilder) {
  const option = builder.objectRef<FieldOption>('FormFieldOption').implement({
    description: 'One choice of a field.',
    fields: (t) => ({
      id: t.string({ description: 'Its id in the template: answers name it.', rule, resolve: ({ id }) => id }),
      label: t.string({ description: 'What it says.', rule, resolve: ({ label }) => label }),
      parentId: t.string({
        nullable: true,
        description: 'Of a cascade: the choice above it.',
        rule,
        resolve: ({ parentId }) => parentId ?? null,
      }),
    }),
  });
  const column = builder.objectRef<FieldDefinition>('FormColumn').implement({
    description: 'One column of line items.',
    fields: (t) => ({
      ...definition(t as never, option, (one: FieldDefinition) => one),
      product: t.stringList({
        description: 'Computed: names of the columns whose product it is.',
        rule,
        resolve: ({ product }) => [...(product ?? [])],
      }),
      summed: t.boolean({ description: 'Whether it is added up.', rule, resolve: ({ summed }) => summed ?? false }),
    }),
  });
  const condition = conditionType(builder);
  return builder.objectRef<ShownField>('FormTemplateField').implement({
    description: 'One field of a form.',
    fields: (t) => ({
      ...definition(t as never, option, ({ field }: ShownField) => field),
      columns: t.field({
        type: [column],
        description: 'Of line items: what each line holds.',
        rule,
        resolve: ({ field }) => [...(field.columns ?? [])],
      }),
      section: t.string({
        nullable: true,
        description: 'Heading under which it stands.',
        rule,
        resolve: ({ field }) => field.section ?? null,
      }),
      hint: t.string({ nullable: true, description: 'What helps with filling it in.', rule, resolve: ({ field }) => field.hint ?? null }),
      readBy: t.field({
        type: FormFieldReaders,
        nullable: true,
        description: 'Who reads it.',
        rule: form.designed,
        resolve: ({ field }) => field.readBy,
      }),
      writtenBySteps: t.stringList({
        nullable: true,
        description: 'Names of the steps whose approvers fill it in; empty: the submitter does.',
        rule: form.designed,
        resolve: ({ field, steps }) =>
          field.writtenBy === 'SUBMITTER' ? [] : field.writtenBy.stepIds.map((id) => steps.find((step) => step.id === id)?.name ?? id),
      }),
      bySubmitter: t.boolean({
        description:
          'Whether whoever hands the form in fills it in. What they do not, is computed, only explains, or is filled in inside: giving it is refused (`NOT_YOURS`).',
        rule,
        resolve: ({ field }, _, { switchboard }) =>
          field.writtenBy === 'SUBMITTER' && kindsOf(switchboard).of(field.kind)?.given.length !== 0,
      }),
      showWhen: t.field({
        type: condition,
        nullable: true,
        description: 'It is shown only where this holds.',
        rule,
        resolve: ({ field, fields }) => (field.showWhen ? { condition: field.showWhen, fields } : null),
      }),
      requireWhen: t.field({
        type: condition,
        nullable: true,
        description: 'It must be filled in where this holds.',
        rule,
        resolve: ({ field, fields }) => (field.requireWhen ? { condition: field.requireWhen, fields } : null),
      }),
    }),
  });
}

type Maker = PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<import('../../sdk/index.ts').GuichetTypes>, object>;
/** What fields and columns have in common. */
function definition<Shape>(t: Maker, option: object, of: (shape: Shape) => FieldDefinition): Record<string, never> {
  const own = (shape: object): FieldDefinition => of(shape as Shape);
  const number = (name: 'maxLength' | 'decimals' | 'most', description: string) =>
    t.int({ nullable: true, description, rule, resolve: (shape) => own(shape)[name] ?? null });
  const text = (name: 'min' | 'max' | 'currency', description: string) =>
    t.string({ nullable: true, description, rule, resolve: (shape) => own(shape)[name] ?? null });
  return {
    id: t.string({ description: 'Its id in the template, the same through all versions.', rule, resolve: (shape) => own(shape).id }),
    name: t.string({ description: 'What programs call it.', rule, resolve: (shape) => own(shape).name }),
    label: t.string({ description: 'What is asked.', rule, resolve: (shape) => own(shape).label }),
    kind: t.string({
      description: 'Kind of its values, such as `MONEY`. Plugins add some: have a default branch.',
      rule,
      resolve: (shape) => own(shape).kind,
    }),
    required: t.boolean({ description: 'Whether it must be filled in.', rule, resolve: (shape) => own(shape).required }),
    options: t.field({
      type: [option] as never,
      description: 'What can be chosen.',
      rule,
      resolve: ((shape: object) => own(shape).options ?? []) as never,
    }),
    min: text('min', 'Least value.'),
    max: text('max', 'Greatest value.'),
    maxLength: number('maxLength', 'Most characters.'),
    decimals: number('decimals', 'Digits behind the point.'),
    currency: text('currency', 'Of money: ISO 4217 code.'),
    most: number('most', 'Most lines, files or choices.'),
  } as never;
}
