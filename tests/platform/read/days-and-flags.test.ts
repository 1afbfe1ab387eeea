import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { COLLEAGUE, defineModule, entityRef, heldByAll, rule, tenantEntity } from '../../../src/sdk/index.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../../domains/contacts/contact.fixture.ts';

// Pages of a plugin's type by days and by yes and no.

const all = rule('lending.read', { roles: [COLLEAGUE], description: 'Every employee.' });
const Loan = tenantEntity('plg_lending.loans', (t) => ({
  tool: t.text(),
  due: t.date(),
  returned: t.date().nullable(),
  insured: t.boolean(),
  checked: t.boolean().nullable(),
}));
const loans = Loan.table;
const LendingLoan = entityRef('LendingLoan', loans);
const lending = defineModule({
  name: 'lending',
  version: '1.0.0',
  description: 'Lends tools.',
  guichet: '^0.1.0',
  entities: [Loan],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([loans])).sql }],
  rules: [all],
  types: (builder) => {
    builder.entity(LendingLoan, {
      description: 'A loan.',
      roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
      listedFor: [COLLEAGUE],
      orders: {
        DUE: { column: 'due', rule: all, description: 'By the day when it is due.' },
        INSURED: { column: 'insured', rule: all, description: 'Those that are not insured first.' },
      },
      filters: {
        due: { compares: 'date', column: 'due', rule: all, description: 'By the day when it is due.' },
        returned: { compares: 'date', column: 'returned', rule: all, description: 'By the day of its return.' },
        insured: { compares: 'boolean', column: 'insured', rule: all, description: 'Whether it is insured.' },
        checked: { compares: 'boolean', column: 'checked', rule: all, description: 'Whether it was checked.' },
      },
      fields: (t) => ({
        id: t.globalId({ description: 'Global id.', rule: all }),
        tool: t.column('tool', { description: 'What was lent.', rule: all }),
        due: t.column('due', { description: 'When it is due.', rule: all }),
        insured: t.column('insured', { description: 'Whether it is insured.', rule: all }),
      }),
    });
    builder.queryField('lendingLoans', (t) =>
      t.entityPages(LendingLoan, { description: 'All loans.', rule: all, listedBy: () => [COLLEAGUE] }),
    );
  },
});

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ plugins: [lending] });
  own = await server.organization();
  const text = `insert into plg_lending.loans (organization_id, id, tool, due, returned, insured, checked)
    values ($1, gen_random_uuid(), $2, $3, $4, $5, $6)`;
  for (const [tool, ...more] of [
    ['a', '2026-02-28', null, true, true],
    ['b', '2026-03-01', '2026-03-02', false, false],
    ['c', '2026-03-01', null, false, null],
    ['d', '2027-01-01', '2026-12-31', true, null],
  ])
    await rowsOf(server, own, text, [own.id, tool, ...more]);
});
afterAll(() => server.stop());

const PAGE = `query ($where: LendingLoanFilter, $orderBy: [LendingLoanOrder!], $first: Int, $after: Cursor) {
  lendingLoans(where: $where, orderBy: $orderBy, first: $first, after: $after) { nodes { tool due insured } pageInfo { hasNextPage endCursor } } }`;
const page = async (variables: object) => (await own.owner.query(PAGE, { ...variables })).lendingLoans;
const tools = ({ nodes }: { nodes: { tool: string }[] }): string => nodes.map(({ tool }) => tool).join('');

describe('a filter', () => {
  it.each<[string, object]>([
    ['bc', { due: { equals: '2026-03-01' } }],
    ['a', { due: { before: '2026-03-01' } }],
    ['d', { due: { after: '2026-03-01' } }],
    ['abc', { not: { due: { after: '2026-03-01' } } }],
    ['ac', { returned: { isNull: true } }],
    ['bd', { returned: { isNull: false } }],
    ['acd', { not: { returned: { before: '2026-06-01' } } }],
    ['ad', { insured: { equals: true } }],
    ['bc', { insured: { equals: false } }],
    ['b', { checked: { equals: false } }],
    ['cd', { checked: { isNull: true } }],
    ['acd', { not: { checked: { equals: false } } }],
  ])('finds %s by %j', async (found, where) => {
    expect([...tools(await page({ where }))].sort().join('')).toBe(found);
  });

  it('refuses what is no day', async () => {
    const { errors } = await own.owner.ask(PAGE, { where: { due: { equals: '2026-02-30' } } });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_REQUEST']);
  });
});

describe('an order', () => {
  it.each(['DUE', 'INSURED'])('by %s goes on from page to page, up and down', async (field) => {
    const walk = async (direction: string): Promise<string[]> => {
      const found: string[] = [];
      let after: string | undefined;
      do {
        const { nodes, pageInfo } = await page({ orderBy: [{ field, direction }], first: 1, after });
        found.push(`${field === 'DUE' ? nodes[0].due : nodes[0].insured} ${nodes[0].tool}`);
        after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
      } while (after);
      return found;
    };
    const up = await walk('ASC');
    expect(new Set(up).size).toBe(4);
    expect(up.map((one) => one.split(' ')[0])).toEqual(
      field === 'DUE' ? ['2026-02-28', '2026-03-01', '2026-03-01', '2027-01-01'] : ['false', 'false', 'true', 'true'],
    );
    expect(await walk('DESC')).toEqual([...up].reverse());
  });
});
