import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlanNode, stepsOf } from '../../../src/app/explain/statement-plan.ts';
import { decodeGlobalId, encodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { placeOrder } from '../../support/form-moves.ts';
import { plansOf, rowsOf } from '../../support/plan-of.ts';

const FORMS = 30_000;
/** A rare one has one of so many. */
const RARE = 1_000;
const TEMPLATE = '01900000-0000-7000-8001-000000000001';

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await placeOrder(own.customer);
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const like = async (table: string, made: string, changes: Readonly<Record<string, string>>): Promise<void> => {
    const columns = (
      await client.query("select column_name from information_schema.columns where table_schema = 'public' and table_name = $1", [table])
    ).rows.map(({ column_name }: { column_name: string }) => column_name);
    const values = columns.map((column) => changes[column] ?? `"${column}"`).join(', ');
    const names = columns.map((column) => `"${column}"`).join(', ');
    await client.query(`insert into ${table} (${names}) select ${values} from ${made}`);
  };
  const one = (table: string): string => `(select * from ${table} where organization_id = '${own.id}'  order by id limit 1) one`;
  await like('form_templates', one('form_templates'), { id: `'${TEMPLATE}'` });
  await like('form_template_versions', one('form_template_versions'), { id: 'gen_random_uuid()', template_id: `'${TEMPLATE}'` });
  const rarely = (rare: string, usual: string, rest = 7): string =>
    `case when n % ${RARE} = ${rest} then '${rare}'::uuid else ${usual} end`;
  await like('business_forms', `${one('business_forms')}, generate_series(1, ${FORMS}) n`, {
    id: `('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`,
    number: "'N-' || n",
    template_id: rarely(TEMPLATE, 'template_id'),
    contact_id: rarely(decodeGlobalId('Contact', own.rival.id), 'contact_id', 8),
    submitted_at: `'2020-01-01 00:00Z'::timestamptz + n * interval '1 hour'`,
    ended_at: `case when n % 2 = 0 then '2020-02-01 00:00Z'::timestamptz + n * interval '1 hour' end`,
  });
  await like('form_tasks', `${one('form_tasks')}, generate_series(1, ${FORMS}) n`, {
    id: `('01900000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid`,
    form_id: `('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`,
    assignee_id: rarely(decodeGlobalId('Employee', own.colleague.id), 'assignee_id'),
  });
  await client.query('analyze business_forms, form_tasks, contacts, form_templates, employees');
  await client.end();
  planOf = plansOf(server, own);
});
afterAll(() => server?.stop());

const removed = 'Rows Removed by Filter' as never;
const looked = (step: PlanNode): number => rowsOf(step) + ((step[removed] as number) ?? 0) * (step['Actual Loops'] ?? 1);

const EARLY = '"2020-01-15T00:00:00Z"';
describe.each(['admin', 'owner'] as const)('forms are looked for among many, by the %s (spec 6.6)', (seat) => {
  it.each([
    ['template', 'where: { template: { equals: "TEMPLATE" } }', ['business_forms_template']],
    ['contact', 'where: { contact: { equals: "CONTACT" } }', ['business_forms_contact']],
    ['number', 'where: { number: { equals: "N-12345" } }', ['business_forms_number']],
    ['handler', 'where: { handler: { any: ["HANDLER"] } }', ['form_tasks_handler']],
    ['days of submission', `where: { submittedAt: { before: ${EARLY}, after: "2020-01-10T00:00:00Z" } }`, ['business_forms_submitted']],
    ['days of the end', 'where: { endedAt: { before: "2020-02-03T00:00:00Z", after: "2020-02-01T00:00:00Z" } }', ['business_forms_ended']],
    [
      'all before a day, in the order of days',
      `where: { submittedAt: { before: ${EARLY} } }, orderBy: [{ field: SUBMITTED_AT, direction: DESC }]`,
      ['business_forms_submitted'],
    ],
    [
      'several of these',
      `where: { handler: { any: ["HANDLER"] }, template: { equals: "TEMPLATE" }, submittedAt: { after: ${EARLY} } }`,
      ['form_tasks_handler'],
    ],
  ])('through an index, in one statement: %s', async (_, args, through) => {
    const ids: Readonly<Record<string, string>> = {
      TEMPLATE: encodeGlobalId('FormTemplate', TEMPLATE),
      CONTACT: own.rival.id,
      HANDLER: own.colleague.id,
    };
    const given = args.replaceAll(/[A-Z]{7,8}(?=")/g, (word) => ids[word]!);
    const { plan, found } = await planOf(seat, `{ businessForms(first: 20, ${given}) { nodes { number } } }`);
    expect(found > 0).toBe(seat === 'admin' || !args.includes('CONTACT')); // whose owner it is not
    const steps = stepsOf(plan);
    expect(steps.map((step) => (step as PlanNode & { 'Index Name'?: string })['Index Name'])).toEqual(expect.arrayContaining(through));
    const read = steps.filter((step) => ['business_forms', 'form_tasks'].includes(step['Relation Name']!));
    expect(read.map((step) => step['Node Type'])).not.toContain('Seq Scan');
    for (const step of read) expect(looked(step)).toBeLessThan(FORMS / 100);
  });
});
