import type { FieldOption } from '../../sdk/core.ts';

/** A choice as it is sent: of a cascade, `parent` is the id of the choice above it, or what that one says. */
export interface GivenOption {
  readonly id?: string | null;
  readonly label: string;
  readonly parent?: string | null;
}

/**
 * Choices with their ids. One that is sent without its id is the one that said the same at the same place: values and searches know choices by
 * their ids alone. A parent that is not there stays as it was named, and is told as a fault of the definition.
 */
export function keptOptions(given: readonly GivenOption[], before: readonly FieldOption[], newId: () => string): FieldOption[] {
  const taken = new Set(given.flatMap(({ id }) => id ?? []));
  const made = new Map<GivenOption, FieldOption>();
  const make = (option: GivenOption, parentId: string | undefined): void => {
    const same = before.find((one) => one.label === option.label && one.parentId === parentId && !taken.has(one.id));
    const id = option.id ?? same?.id ?? newId();
    taken.add(id);
    made.set(option, { id, label: option.label, ...(parentId === undefined ? {} : { parentId }) });
  };
  for (const option of given) if (option.parent == null) make(option, undefined);
  for (let level = 1; level < MOST_LEVELS; level++)
    for (const option of given.filter((one) => isBelow(one, given, made))) make(option, made.get(aboveOf(option, given, made)!)!.id);
  for (const option of given) if (!made.has(option)) make(option, option.parent!);
  return given.map((option) => made.get(option)!);
}

/** What lies deeper is refused. */
const MOST_LEVELS = 6;

type Made = ReadonlyMap<GivenOption, FieldOption>;
const aboveOf = ({ parent }: GivenOption, given: readonly GivenOption[], made: Made): GivenOption | undefined =>
  given.find((one) => (made.get(one)?.id ?? one.id) === parent) ?? given.find(({ label }) => label === parent);
/** Its place is known: whatever it lies beneath has its id. */
function isBelow(option: GivenOption, given: readonly GivenOption[], made: Made): boolean {
  if (made.has(option)) return false;
  const above = aboveOf(option, given, made);
  return above !== undefined && made.has(above);
}
