import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepsOf } from '../../../src/app/explain/statement-plan.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mostRead, mostSorted, scans, skipped } from '../../house/plan.explain.ts';
import { plansOf } from '../../support/plan-of.ts';

const CONTACTS = 100_000;
const TAGS = 2_000;
/** Rows that one step reads: a part of the organization’s contacts that does not grow with how many carry the tag. */
const MOST_READ = 6_000;

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const run = (text: string): Promise<unknown> => client.query(text, [own.id]);
  const uuid = (kind: string, n: string): string => `('01900000-0000-7000-${kind}-' || lpad((${n})::text, 12, '0'))::uuid`;
  await run(
    `insert into tags (organization_id, id, group_id, name, found_as)
     select organization_id, ${uuid('9000', 'n')}, id, 'Branch ' || n, 'Branch ' || n from tag_groups, generate_series(1, ${TAGS}) n
     where organization_id = $1 and name = 'Stage'`,
  );
  await run(
    `insert into tag_search_terms (organization_id, tag_id, term)
     select distinct organization_id, id, unnest(array['branch' || substr(name, 8), 'anch' || substr(name, 8), 'b' || substr(name, 8)]) from tags
     where organization_id = $1 and name like 'Branch %'`,
  );
  // two of three are the owner’s
  await run(
    `insert into contacts (organization_id, id, name, sort_name, phone, is_mobile, owner_id, source, created_at, updated_at)
     select $1, ${uuid('8000', 'n')}, 'N ' || n, 'n ' || n, '+99' || n, false, owners.id, 'API', now(), now()
     from generate_series(1, ${CONTACTS}) n
       join employees owners on owners.organization_id = $1 and owners.name = case when n % 3 = 0 then 'The colleague' else 'The owner' end`,
  );
  await run(
    `insert into contact_search_terms (organization_id, contact_id, kind, term)
     select organization_id, id, 'ANY', 'n' || substr(name, 3) from contacts where organization_id = $1 and name like 'N %'`,
  );
  // one tag has half of all contacts, one a fiftieth, the others some each
  await run(
    `insert into contact_tags (organization_id, contact_id, tag_id, group_id, tagged_at)
     select tag.organization_id, ${uuid('8000', 'n')}, tag.id, tag.group_id, now() from generate_series(1, ${CONTACTS}) n
       join tags tag on tag.organization_id = $1
         and tag.id = case when n % 2 = 0 then ${uuid('9000', '1')} when n % 50 = 1 then ${uuid('9000', '2')} else ${uuid('9000', `3 + n % ${TAGS - 2}`)} end`,
  );
  await client.query('analyze contacts, contact_tags, contact_search_terms, tags, tag_search_terms');
  await client.end();
  planOf = plansOf(server, own);
});
afterAll(() => server?.stop());

describe('contacts by the name of a tag among 100,000 (spec 3.6)', () => {
  it.each(
    (['admin', 'owner', 'supervisor'] as const).flatMap((seat) => [
      [seat, 'of half of all', 'branch1', ''] as const,
      [seat, 'that few have', 'anch1778', ''] as const,
      [seat, 'of a fiftieth and some more', 'branch2', ''] as const,
      [seat, 'of all tags', 'branch', ''] as const,
      [seat, 'by name', 'branch1', ', orderBy: [{ field: NAME, direction: ASC }]'] as const,
    ]),
  )('are found by %s through indexes, in one statement: %s', async (seat, _, search, order) => {
    const { plan, found } = await planOf(seat, `{ contacts(first: 20, search: "${search}"${order}) { nodes { name } } }`);
    expect(found).toBeGreaterThan(0);
    expect(scans(plan)).toEqual([]);
    expect(skipped(plan)).toEqual([]);
    expect(mostSorted(plan)).toBeLessThan(MOST_READ);
    expect(mostRead(plan)).toBeLessThan(MOST_READ);
  });
  it('are not asked for their tags where no tag is called so', async () => {
    const { plan } = await planOf('admin', '{ contacts(first: 20, search: "n1") { nodes { name } } }');
    const asked = stepsOf(plan).filter((step) => step['Relation Name'] === 'contact_tags' && step['Actual Loops']);
    expect(asked).toEqual([]);
  });
  it('as the tables have them', async () => {
    const { contacts } = await own.admin.query('{ contacts(first: 100, search: "anch1778") { totalCount nodes { name } } }');
    expect(contacts.totalCount).toBe(contacts.nodes.length);
    expect(contacts.nodes.every(({ name }: { name: string }) => 3 + (Number(name.slice(2)) % (TAGS - 2)) === 1778)).toBe(true);
    expect(contacts.totalCount).toBeGreaterThan(10);
  });
});
