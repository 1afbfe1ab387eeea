import { describe, expect, it } from 'vitest';
import { knownQuery } from '../../../src/platform/database/known-query.ts';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';

const owners = tenantEntity('owners', (t) => ({ name: t.text() })).table;
const tools = tenantEntity('tools', (t) => ({ ownerId: t.uuid(), name: t.text(), lent: t.boolean() })).table;

describe('a query that is written once', () => {
  let written = 0;
  const lentBy = knownQuery({ tools, owners }, (db, given: { owner: string; name: string }) => {
    written++;
    return db
      .selectFrom('tools as tool')
      .innerJoin('owners as owner', 'owner.id', 'tool.owner_id')
      .select(['tool.name', 'owner.name as owner'])
      .where('owner.id', '=', given.owner)
      .where('tool.lent', '=', true)
      .where('tool.name', '=', given.name)
      .forUpdate();
  });

  it('has the same text each time, and the values of each', () => {
    const [first, second] = [lentBy.statement('here', { owner: 'a', name: 'saw' }), lentBy.statement('there', { owner: 'b', name: 'axe' })];
    expect(second.text).toBe(first.text);
    expect(first.values?.toSorted()).toEqual(['a', 'here', 'here', 'saw', true].toSorted());
    expect(second.values?.toSorted()).toEqual(['axe', 'b', 'there', 'there', true].toSorted());
    expect(written).toBe(1);
  });
  it('names the organization for each of its tables', () => {
    const { text: sql, values } = lentBy.statement('here', { owner: 'a', name: 'saw' });
    const named = [...sql.matchAll(/"(tool|owner)"\."organization_id" = \$(\d)/g)].map(([, table, at]) => [table, values![Number(at) - 1]]);
    expect(named.sort()).toEqual([
      ['owner', 'here'],
      ['tool', 'here'],
    ]);
  });
});
