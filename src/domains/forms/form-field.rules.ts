import { createHash } from 'node:crypto';
import { decimalOfNumber, type StoredValue } from '../../sdk/core.ts';
import type { FormField, StoredValues } from '../../sdk/index.ts';
import type { TemplateField } from './template-body.ts';

const ID_CHARACTERS = 12;

/** A stable id made of a name: the migration of 0.1's templates makes the same ones, so that versions of one template share theirs. */
export const idOfName = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, ID_CHARACTERS);

/** The fields of a template that a module brings. */
export const templateFields = (fields: readonly FormField[]): TemplateField[] =>
  fields.map(({ name, label, type, required, choices }) => ({
    id: idOfName(name),
    name,
    label,
    kind: type,
    required,
    readBy: 'EVERYBODY',
    writtenBy: 'SUBMITTER',
    ...(choices ? { options: choices.map((choice) => ({ id: idOfName(choice), label: choice })) } : {}),
  }));

const OLD_VALUES: Readonly<Record<string, (value: unknown) => StoredValue | undefined>> = {
  TEXT: (value) => (typeof value === 'string' && value.trim() !== '' ? value : undefined),
  NUMBER: (value) => (typeof value === 'number' ? decimalOfNumber(value) : undefined),
  DATE: (value) => (typeof value === 'string' ? value : undefined),
  CHOICE: (value) => (typeof value === 'string' ? [idOfName(value)] : undefined),
  YES_NO: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Answers as servers of 0.1 wrote them, by the names of fields, as they are kept now. */
export function typedAnswers(fields: readonly TemplateField[], answers: Readonly<Record<string, unknown>>): StoredValues {
  const given = new Map(Object.entries(answers));
  return Object.fromEntries(
    fields.flatMap(({ id, name, kind }) => {
      const value = OLD_VALUES[kind]?.(given.get(name));
      return value === undefined ? [] : [[id, value]];
    }),
  );
}
