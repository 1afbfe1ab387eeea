import { encodeGlobalId } from '../../sdk/index.ts';
import type { TemplateBody } from '../forms/index.ts';
import { type Naming, type WrittenBody, writtenBody } from './template-file.writing.rules.ts';

export interface ChangedField {
  readonly path: readonly string[];
  readonly label?: string;
  /** As JSON, in the words of a draft. */
  readonly before?: string;
  readonly after?: string;
}

/** As drafts are given. */
const BY_IDS: Naming = {
  employee: (id) => ({ employeeId: encodeGlobalId('Employee', id) }),
  supervisorsOf: (id) => ({ supervisorsOfDepartmentId: encodeGlobalId('Department', id) }),
  audience: ({ tagIds, contactIds }) => ({
    tagIds: tagIds.map((id) => encodeGlobalId('Tag', id)),
    contactIds: contactIds.map((id) => encodeGlobalId('Contact', id)),
  }),
};

const told = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
/** Two objects, part by part. */
const partsOf = (before: object, after: object, path: readonly string[], label?: string): ChangedField[] => {
  const [old, now] = [before, after].map((of) => new Map(Object.entries(of))) as [Map<string, unknown>, Map<string, unknown>];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ path: [...path, name], label, before: told(old.get(name)), after: told(now.get(name)) }))
    .filter((one) => one.before !== one.after);
};

/**
 * What differs between two versions: fields by their ids, so that one which was renamed or moved is the same. Conditions call fields as the
 * later version does: a new name is no change of theirs.
 */
export function changesBetween(earlier: TemplateBody, later: TemplateBody): ChangedField[] {
  const [before, after] = [earlier, later].map((body) => writtenBody(body, BY_IDS, later)) as [WrittenBody, WrittenBody];
  const gone = before.fields.filter(({ id }) => !after.fields.some((field) => field.id === id));
  return [
    ...gone.map((field) => ({ path: ['fields', field.id], label: field.label, before: told(field) })),
    ...after.fields.flatMap((field) => fieldChanges(before.fields, field)),
    ...orderChange(before.fields, after.fields),
    ...partsOf(before.flow, after.flow, ['flow']),
    ...partsOf(before.audience, after.audience, ['audience']),
    ...partsOf({ numberPrefix: before.numberPrefix }, { numberPrefix: after.numberPrefix }, []),
  ];
}

type Fields = WrittenBody['fields'];
function fieldChanges(before: Fields, field: Fields[number]): ChangedField[] {
  const old = before.find(({ id }) => id === field.id);
  return old
    ? partsOf(old, field, ['fields', field.id], field.label)
    : [{ path: ['fields', field.id], label: field.label, after: told(field) }];
}

/** Of the fields that are in both. */
function orderChange(before: Fields, after: Fields): ChangedField[] {
  const kept = (of: Fields, other: Fields) => of.filter(({ id }) => other.some((field) => field.id === id));
  const [old, now] = [kept(before, after), kept(after, before)];
  if (old.every(({ id }, i) => id === now[i]?.id)) return [];
  return [{ path: ['fields'], before: told(old.map(({ name }) => name)), after: told(now.map(({ name }) => name)) }];
}
