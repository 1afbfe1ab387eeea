import { asOneName } from '../../sdk/core.ts';
import type { TagRow } from '../contacts/index.ts';
import type { ImportFaultCode } from './import.faults.ts';

export interface NamedTag extends TagRow {
  readonly group: string;
}
export interface FoundTags {
  readonly tags: readonly TagRow[];
  readonly faults: readonly (readonly [code: ImportFaultCode, fact: string])[];
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
    const found = typed.map((one) => ({ one, tags: find(one) }));
    const wrong = found.filter(({ tags }) => tags.length !== 1);
    const tags = [...new Map(found.flatMap(({ tags: [tag, ...others] }) => (tag && others.length === 0 ? [[tag.id, tag]] : []))).values()];
    const crowded = [...Map.groupBy(tags, ({ group_id }) => group_id).values()].filter((of) => of.length > 1);
    const faults = [
      ...wrong.map(({ one, tags: several }) => [several.length ? 'AMBIGUOUS_TAG' : 'UNKNOWN_TAG', one] as const),
      ...crowded.map((of) => ['ONE_OF_A_GROUP', of.map(({ name }) => name).join(', ')] as const),
    ];
    return { tags: faults.length ? [] : tags, faults };
  };
}
/** Tags beside others: in each group the first ones come before. */
export const tagsBeside = (first: readonly TagRow[], others: readonly TagRow[]): TagRow[] => [
  ...first,
  ...others.filter(({ group_id }) => !first.some((tag) => tag.group_id === group_id)),
];
