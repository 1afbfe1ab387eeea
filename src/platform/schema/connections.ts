import { publicRule, type Rule, rule } from '../permissions/rule.ts';
import type { Entity } from '../read/entity.ts';
import type { Builder } from './builder.types.ts';
import type { Declarations } from './declarations.ts';
import { written } from './entity-columns.ts';

/** Whoever can come to an object of a type may read what only leads on to it. */
export const reachRule = ({ name, reachableFor, listedFor }: Entity): Rule =>
  rule(`${name[0]!.toLowerCase()}${name.slice(1)}.reach`, {
    roles: [...new Set([...reachableFor, ...listedFor])],
    description: `Whoever can come to a ${name} at all.`,
  });

const TOTAL_COUNT = 'How many objects the whole list has, counted up to 10,000. Counted only when it is asked for.';
const TOTAL_COUNT_IS_EXACT = 'Whether `totalCount` is all there are; false where there are more.';

type Fields = (t: { field(options: object): never }) => Record<string, never>;
const part = (module: string, guard: Rule, type: string | readonly [string], description: string, nullable = false): object => ({
  type,
  nullable,
  description,
  rule: guard,
  resolve: written,
  extensions: { structural: true, module },
});

/** Connections with their edges: made where the first field pages through a type (Relay; api 1). One for each builder. */
export class Connections {
  readonly #builder: Builder;
  readonly #all: Declarations;
  readonly #made = new Set<string>();
  constructor(builder: Builder, all: Declarations) {
    this.#builder = builder;
    this.#all = all;
  }

  /** @param type of the objects; a kind's connection is its own. @returns the connection's name */
  of(type: string): string {
    const name = `${type}Connection`;
    if (this.#made.has(name)) return name;
    this.#made.add(name);
    if (!this.#made.has('PageInfo')) this.#pageInfo();
    const entity = this.#all.entity(type);
    const reach = reachRule(entity);
    const { module } = entity;
    this.#object(module, `${type}Edge`, `One ${type} in a page, with its place.`, (t) => ({
      cursor: t.field(part(module, reach, 'Cursor', 'The place of this object: pages go on after it or end before it.')),
      node: t.field(part(module, reach, type, 'The object itself.')),
    }));
    this.#object(module, name, `A page of ${type} objects.`, (t) => ({
      edges: t.field(part(module, reach, [`${type}Edge`], 'The objects of the page with their places.')),
      nodes: t.field(part(module, reach, [type], 'The objects of the page.')),
      pageInfo: t.field(part(module, reach, 'PageInfo', 'Where the page begins and ends, and whether the list goes on.')),
      totalCount: t.field(part(module, reach, 'Int', TOTAL_COUNT)),
      totalCountIsExact: t.field(part(module, reach, 'Boolean', TOTAL_COUNT_IS_EXACT)),
    }));
    return name;
  }
  #pageInfo(): void {
    this.#made.add('PageInfo');
    const of = (type: string, description: string, nullable = false): object => part('core', publicRule, type, description, nullable);
    this.#object('core', 'PageInfo', 'Where a page begins and ends (Relay).', (t) => ({
      hasNextPage: t.field(of('Boolean', 'Whether the list goes on after this page.')),
      hasPreviousPage: t.field(of('Boolean', 'Whether the list has something before this page.')),
      startCursor: t.field(of('Cursor', 'Place of the first object.', true)),
      endCursor: t.field(of('Cursor', 'Place of the last object.', true)),
    }));
  }
  #object(module: string, name: string, description: string, fields: Fields): void {
    this.#all.claimType(name, module);
    this.#builder.objectRef<object>(name).implement({ description, extensions: { guichet: { module } }, fields: fields as never });
  }
}
