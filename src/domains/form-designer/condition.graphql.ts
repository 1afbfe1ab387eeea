import { encodeGlobalId, type FieldContext, type GuichetBuilder, organizationData } from '../../sdk/index.ts';
import { employees } from '../directory/index.ts';
import type { Condition, FieldCondition, TemplateField } from '../forms/index.ts';
import { form } from '../forms/index.ts';
import { FormComparison } from './form-designer.words.ts';

/** A condition with the fields that it names. */
export interface ShownCondition {
  readonly condition: Condition;
  readonly fields: readonly TemplateField[];
}
const rule = form.templates;
const made = new WeakMap<GuichetBuilder, ReturnType<typeof declare>>();

/** The type of conditions, as `FormConditionInput` takes them. */
export function conditionType(builder: GuichetBuilder) {
  let type = made.get(builder);
  if (!type) {
    type = declare(builder);
    made.set(builder, type);
  }
  return type;
}

const comparison = ({ condition }: ShownCondition): FieldCondition | undefined => ('field' in condition ? condition : undefined);
const fieldIn = ({ fields }: ShownCondition, id: string) => fields.find((field) => field.id === id);
function nameOf(shown: ShownCondition): string | null {
  const of = comparison(shown);
  return of ? (fieldIn(shown, of.field)?.name ?? of.field) : null;
}
function totalOf(shown: ShownCondition): string | null {
  const of = comparison(shown);
  if (of?.total === undefined) return null;
  return fieldIn(shown, of.field)?.columns?.find(({ id }) => id === of.total)?.name ?? of.total;
}
const kindOf = (shown: ShownCondition): string | undefined => fieldIn(shown, comparison(shown)?.field ?? '')?.kind;
const valueIn = (shown: ShownCondition): unknown => comparison(shown)?.value;
const textOf = (shown: ShownCondition, of: (kind: string | undefined) => boolean): string | null => {
  const value = valueIn(shown);
  return typeof value === 'string' && of(kindOf(shown)) ? value : null;
};
const CHOICES: readonly (string | undefined)[] = ['CHOICE', 'CHOICES', 'CASCADE'];
const ODD: readonly (string | undefined)[] = ['DATE', 'EMPLOYEE', ...CHOICES];

/** Contacts know employees by ids of their own. */
async function idOnPortal({ switchboard, seat }: FieldContext, employeeId: string): Promise<string | null> {
  const [found] = await switchboard
    .service(organizationData)
    .read(seat.organizationId, ({ on }) =>
      on({ employees }).selectFrom('employees').select('portal_id').where('id', '=', employeeId).execute(),
    );
  return found ? encodeGlobalId('PortalEmployee', found.portal_id) : null;
}

function declare(builder: GuichetBuilder) {
  const ref = builder.objectRef<ShownCondition>('FormCondition');
  const of = (shown: ShownCondition, condition: Condition): ShownCondition => ({ condition, fields: shown.fields });
  return ref.implement({
    description: 'A condition over the values of a form: one of `all`, `any`, `not`, or a field with a comparison and a value.',
    fields: (t) => ({
      all: t.field({
        type: [ref],
        nullable: true,
        description: 'All of these hold.',
        rule,
        resolve: (shown) => ('all' in shown.condition ? shown.condition.all.map((one) => of(shown, one)) : null),
      }),
      any: t.field({
        type: [ref],
        nullable: true,
        description: 'At least one of these holds.',
        rule,
        resolve: (shown) => ('any' in shown.condition ? shown.condition.any.map((one) => of(shown, one)) : null),
      }),
      not: t.field({
        type: ref,
        nullable: true,
        description: 'This does not hold.',
        rule,
        resolve: (shown) => ('not' in shown.condition ? of(shown, shown.condition.not) : null),
      }),
      field: t.string({ nullable: true, description: 'Name of the field.', rule, resolve: nameOf }),
      total: t.string({
        nullable: true,
        description: 'Of line items: name of the column whose total is compared.',
        rule,
        resolve: totalOf,
      }),
      op: t.field({
        type: FormComparison,
        nullable: true,
        description: 'How it is compared.',
        rule,
        resolve: (shown) => comparison(shown)?.op ?? null,
      }),
      text: t.string({ nullable: true, description: 'The text.', rule, resolve: (shown) => textOf(shown, (kind) => !ODD.includes(kind)) }),
      number: t.float({
        nullable: true,
        description: 'The number.',
        rule,
        resolve: (shown) => {
          const value = valueIn(shown);
          return typeof value === 'number' ? value : null;
        },
      }),
      money: t.field({
        type: 'Money' as never,
        nullable: true,
        description: 'The amount.',
        rule,
        resolve: ((shown: ShownCondition) => {
          const value = valueIn(shown);
          return typeof value === 'object' && value !== null && 'amount' in value ? value : null;
        }) as never,
      }),
      date: t.field({
        type: 'Date',
        nullable: true,
        description: 'The day.',
        rule,
        resolve: (shown) => textOf(shown, (kind) => kind === 'DATE'),
      }),
      optionIds: t.stringList({
        nullable: true,
        description: 'The choices.',
        rule,
        resolve: (shown) => {
          const value = valueIn(shown);
          if (Array.isArray(value)) return value.map(String);
          const id = textOf(shown, (kind) => CHOICES.includes(kind));
          return id === null ? null : [id];
        },
      }),
      employeeId: t.id({
        nullable: true,
        description: 'The employee; for a contact by the id of a `PortalEmployee`, as it gives them.',
        rule,
        resolve: (shown, _, context) => {
          const id = textOf(shown, (kind) => kind === 'EMPLOYEE');
          if (id === null) return null;
          return context.seat.kind === 'CONTACT' ? idOnPortal(context, id) : encodeGlobalId('Employee', id);
        },
      }),
      yes: t.boolean({
        nullable: true,
        description: 'Yes or no.',
        rule,
        resolve: (shown) => {
          const value = valueIn(shown);
          return typeof value === 'boolean' ? value : null;
        },
      }),
    }),
  });
}
