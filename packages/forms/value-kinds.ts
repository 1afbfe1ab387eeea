import { CHOICE_VALUES } from './choice.values.ts';
import { linesValues } from './lines.values.ts';
import { NUMBER_VALUES } from './number.values.ts';
import { OTHER_VALUES } from './other.values.ts';
import { TEXT_VALUES } from './text.values.ts';
import type { ValueKind, ValueKindOf } from './value-kind.ts';

const SIMPLE: ReadonlyMap<string, ValueKind> = new Map(
  [...TEXT_VALUES, ...NUMBER_VALUES, ...CHOICE_VALUES, ...OTHER_VALUES].map((kind) => [kind.name, kind]),
);

/** How values of the kinds that Guichet has by itself are taken in. @throws where there is no such kind */
export function builtIn(name: string): ValueKind {
  const kind = SIMPLE.get(name);
  if (!kind) throw new Error(`There is no kind of field that is called ${name}.`);
  return kind;
}

/** All kinds of Guichet, and further ones. */
export function valueKinds(further: readonly ValueKind[] = []): ValueKindOf {
  const kinds = new Map([...SIMPLE, ...further.map((kind) => [kind.name, kind] as const)]);
  const of: ValueKindOf = (name) => kinds.get(name);
  kinds.set('LINES', linesValues(of));
  return of;
}
