import { publicRule, type Rule, rule } from '../../permissions/rule.ts';
import type { Entity } from '../read/entity.ts';
import { type Declarations, fieldKey } from './declarations.ts';
import { written } from './entity-fields.ts';
import type { FieldSpec } from './field-spec.ts';

/** Declares the connection and edge types of every entity that some field pages through (Relay; api 1). */
export function connectionTypes(all: Declarations): void {
  const pages = new Set([...all.types.values()].flatMap(({ fields }) => [...fields.values()].map(({ spec }) => spec.pageOf)));
  for (const name of pages) if (name !== undefined && !all.types.has(`${name}Connection`)) declare(all, all.entity(name));
  for (const { type, name, spec, module } of all.connectionFields)
    all.types.get(`${type}Connection`)?.fields.set(fieldKey(name, spec.surface), { spec, module });
}

export const TOTAL_COUNT = 'How many objects the whole list has, counted up to 10,000. Counted only when it is asked for.';
export const TOTAL_COUNT_IS_EXACT = 'Whether `totalCount` is all there are; false where there are more.';

export const reachRule = ({ name, reachableFor, listedFor }: Entity): Rule =>
  rule(`${name[0]!.toLowerCase()}${name.slice(1)}.reach`, {
    roles: [...new Set([...reachableFor, ...listedFor])],
    description: `Whoever can come to a ${name} at all.`,
  });

function declare(all: Declarations, entity: Entity): void {
  const { name, module } = entity;
  const reach = reachRule(entity);
  const part = (type: string, description: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
    type,
    nullable: false,
    description,
    rule: reach,
    structural: true,
    resolve: written,
    ...more,
  });
  const base = { module, isInterface: false, interfaces: [] };
  if (!all.types.has('PageInfo')) declarePageInfo(all, module);
  all.type(
    { ...base, name: `${name}Edge`, description: `One ${name} in a page, with its place.` },
    {
      cursor: part('Cursor', 'The place of this object: pages go on after it or end before it.'),
      node: part(name, 'The object itself.'),
    },
  );
  all.type(
    { ...base, name: `${name}Connection`, description: `A page of ${name} objects.` },
    {
      edges: part(`[${name}Edge]`, 'The objects of the page with their places.'),
      nodes: part(`[${name}]`, 'The objects of the page.'),
      pageInfo: part('PageInfo', 'Where the page begins and ends, and whether the list goes on.'),
      totalCount: part('Int', TOTAL_COUNT),
      totalCountIsExact: part('Boolean', TOTAL_COUNT_IS_EXACT),
    },
  );
}

function declarePageInfo(all: Declarations, module: string): void {
  const part = (type: string, nullable: boolean, description: string): FieldSpec => ({
    type,
    nullable,
    description,
    rule: publicRule,
    structural: true,
    resolve: written,
  });
  all.type(
    { name: 'PageInfo', module, isInterface: false, interfaces: [], description: 'Where a page begins and ends (Relay).' },
    {
      hasNextPage: part('Boolean', false, 'Whether the list goes on after this page.'),
      hasPreviousPage: part('Boolean', false, 'Whether the list has something before this page.'),
      startCursor: part('Cursor', true, 'Place of the first object.'),
      endCursor: part('Cursor', true, 'Place of the last object.'),
    },
  );
}
