import type { TagRow } from '../contacts/index.ts';
import type { ImportFaultCode } from './import.faults.ts';

export interface NamedTag extends TagRow {
  readonly group: string;
}
export interface FoundTags {
  readonly tags: readonly TagRow[];
  readonly fault?: readonly [code: ImportFaultCode, fact: string];
}
const form = (text: string): string => text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** Finds tags by what was typed: a name, or the group and the name where several groups have one. */
export function tagFinder(all: readonly NamedTag[]) {
  const byName = Map.groupBy(all, ({ name }) => form(name));
  const byPath = Map.groupBy(all, ({ group, name }) => `${form(group)}/${form(name)}`);
  return (typed: readonly string[]): FoundTags => {
    const tags = new Map<string, TagRow>();
    for (const one of typed) {
      const found = byName.get(form(one)) ?? byPath.get(one.split(/[/／]/).map(form).join('/')) ?? [];
      if (found.length !== 1) return { tags: [], fault: [found.length ? 'AMBIGUOUS_TAG' : 'UNKNOWN_TAG', one] };
      tags.set(found[0]!.id, found[0]!);
    }
    const crowded = [...Map.groupBy(tags.values(), ({ group_id }) => group_id).values()].find((of) => of.length > 1);
    return crowded ? { tags: [], fault: ['ONE_OF_A_GROUP', crowded.map(({ name }) => name).join(', ')] } : { tags: [...tags.values()] };
  };
}
/** Tags beside others: in each group the first ones come before. */
export const tagsBeside = (first: readonly TagRow[], others: readonly TagRow[]): TagRow[] => [
  ...first,
  ...others.filter(({ group_id }) => !first.some((tag) => tag.group_id === group_id)),
];
