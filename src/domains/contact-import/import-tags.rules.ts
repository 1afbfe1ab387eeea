import { asOneName } from '../../sdk/core.ts';
import type { TagRow } from '../contacts/index.ts';
import type { ImportFaultCode } from './import.faults.ts';

export interface NamedTag extends TagRow {
  readonly group: string;
}
export interface FoundTags {
  readonly tags: readonly TagRow[];
  readonly fault?: readonly [code: ImportFaultCode, fact: string];
}
const isOfOneGroup = (tags: readonly NamedTag[]): boolean => new Set(tags.map(({ group_id }) => group_id)).size === 1;
/** Of several the one that is written so, letter for letter. */
function written(found: readonly NamedTag[], typed: string, as: (tag: NamedTag) => string): readonly NamedTag[] {
  const exact = found.length > 1 ? found.filter((tag) => as(tag) === typed.trim().normalize('NFC')) : [];
  return exact.length === 1 ? exact : found;
}

/**
 * Finds tags by what was typed: a name, or the group and the name where several groups have one. Those that are one but for the case stand beside
 * each other where they did before these were one: then the one that is written so is meant.
 */
export function tagFinder(all: readonly NamedTag[]) {
  const byName = Map.groupBy(all, ({ name }) => asOneName(name));
  const byPath = Map.groupBy(all, ({ group, name }) => `${asOneName(group)}/${asOneName(name)}`);
  const find = (typed: string): readonly NamedTag[] => {
    const named = byName.get(asOneName(typed));
    if (named) return isOfOneGroup(named) ? written(named, typed, ({ name }) => name) : named;
    const path = typed.split(/[/／]/);
    const found = byPath.get(path.map(asOneName).join('/')) ?? [];
    return written(found, path.map((part) => part.trim()).join('/'), ({ group, name }) => `${group}/${name}`);
  };
  return (typed: readonly string[]): FoundTags => {
    const tags = new Map<string, TagRow>();
    for (const one of typed) {
      const found = find(one);
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
