import type { TemplateBody, TemplateField } from '../forms/index.ts';

export interface ChangedField {
  readonly path: readonly string[];
  readonly label?: string;
  /** As JSON. */
  readonly before?: string;
  readonly after?: string;
}

const told = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));
/** Two objects, part by part. */
const partsOf = (before: object, after: object, path: readonly string[], label?: string): ChangedField[] => {
  const [old, now] = [before, after].map((of) => new Map(Object.entries(of))) as [Map<string, unknown>, Map<string, unknown>];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => ({ path: [...path, name], label, before: told(old.get(name)), after: told(now.get(name)) }))
    .filter((one) => one.before !== one.after);
};

/** What differs between two versions: fields by their ids, so that one which was renamed or moved is the same. */
export function changesBetween(before: TemplateBody, after: TemplateBody): ChangedField[] {
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

function fieldChanges(before: readonly TemplateField[], field: TemplateField): ChangedField[] {
  const old = before.find(({ id }) => id === field.id);
  return old
    ? partsOf(old, field, ['fields', field.id], field.label)
    : [{ path: ['fields', field.id], label: field.label, after: told(field) }];
}

/** Of the fields that are in both. */
function orderChange(before: readonly TemplateField[], after: readonly TemplateField[]): ChangedField[] {
  const kept = (of: readonly TemplateField[], other: readonly TemplateField[]) =>
    of.filter(({ id }) => other.some((field) => field.id === id)).map(({ name, id }) => ({ name, id }));
  const [old, now] = [kept(before, after), kept(after, before)];
  if (old.every(({ id }, i) => id === now[i]?.id)) return [];
  return [{ path: ['fields'], before: told(old.map(({ name }) => name)), after: told(now.map(({ name }) => name)) }];
}
