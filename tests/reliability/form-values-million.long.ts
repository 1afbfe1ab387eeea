import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { stepsOf } from '../../src/app/explain/statement-plan.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { manyForms, SEARCHES, searchFor } from '../domains/forms/many-forms.fixture.ts';
import { plansOf, readsTerms, rowsOf } from '../support/plan-of.ts';

// The search for a value at a million forms; PLANS names a file for what PostgreSQL says of it, and how long it took.

const FORMS = 1_000_000;
const TIMES = 20;
/** Of half of them a page is looked for among the newest thousand. */
const MOST_TERMS = 10_000;

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
const told: string[] = [];
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await manyForms(server, own, FORMS);
  planOf = plansOf(server, own);
});
afterAll(async () => {
  await server?.stop();
  if (process.env.PLANS) writeFileSync(process.env.PLANS, told.join('\n'));
});

describe('a search for a value among a million forms (spec 6.6)', () => {
  it.each(SEARCHES)('reads through an index, in one statement: %s', async (name, where) => {
    const query = searchFor(where);
    const planned = await planOf('admin', query);
    readsTerms(planned, { table: 'business_forms', terms: 'form_values', most: MOST_TERMS });
    const from = performance.now();
    for (let i = 0; i < TIMES; i++) await own.admin.query(query);
    const milliseconds = (performance.now() - from) / TIMES;
    const steps = stepsOf(planned.plan).map(
      (step) => `  ${step['Node Type']} ${step['Index Name'] ?? step['Relation Name'] ?? ''}: ${rowsOf(step)} rows`,
    );
    told.push(`${name}: ${milliseconds.toFixed(1)} ms`, ...steps);
  });
});
