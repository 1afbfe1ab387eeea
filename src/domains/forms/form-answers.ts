import type { EntityFieldsOf, FieldSpec } from '../../sdk/index.ts';
import { type FormField, type RootFields, type SchemaDoor, sql } from '../../sdk/index.ts';
import type { businessForms } from './form.entity.ts';
import { form } from './permissions.ts';

interface Answer {
  readonly name: string;
  readonly label: string;
  readonly value: unknown;
}

/** The customer's answers in the order of the template that the form was filled in with. */
export const answersOf = (t: EntityFieldsOf<typeof businessForms>): FieldSpec =>
  t.computed('[FormAnswer]', {
    description: 'What the customer filled in, in the order of the template.',
    rule: form.answers,
    needs: ['answers'],
    also: {
      fields: (row) => sql`(select asked.fields from form_template_versions asked
        where asked.organization_id = ${row.organization_id} and asked.template_id = ${row.template_id} and asked.version = ${row.template_version})`,
    },
    resolve: ({ answers, fields }: { answers: Record<string, unknown> | null; fields: readonly FormField[] | null }): Answer[] => {
      const given = new Map(Object.entries(answers ?? {}));
      return (fields ?? []).map(({ name, label }) => ({ name, label, value: given.get(name) ?? null }));
    },
  });

export function declareAnswer(door: SchemaDoor): void {
  const of = (t: RootFields, type: string, description: string, pick: (answer: Answer) => unknown, nullable = false): FieldSpec =>
    t.plain(type, { description, rule: form.answers, nullable, resolve: pick });
  door.object('FormAnswer', 'One answer of a form.', {
    name: of(door.root, 'String', 'Name of the template’s field.', ({ name }) => name),
    label: of(door.root, 'String', 'What was asked.', ({ label }) => label),
    value: of(door.root, 'JSON', 'What was answered; null: nothing.', ({ value }) => value, true),
  });
}
