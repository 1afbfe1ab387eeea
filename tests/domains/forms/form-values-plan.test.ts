import { afterAll, beforeAll, describe, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { plansOf, readsTerms } from '../../support/plan-of.ts';
import { manyForms, SEARCHES, searchFor } from './many-forms.fixture.ts';

const FORMS = 20_000;

let server: TestServer;
let own: TestOrganization;
let planOf: ReturnType<typeof plansOf>;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await manyForms(server, own, FORMS);
  planOf = plansOf(server, own);
});
afterAll(() => server?.stop());

describe('a search for a value among many forms (spec 6.6)', () => {
  it.each(SEARCHES)('reads through an index, in one statement: %s', async (_, where) => {
    readsTerms(await planOf('admin', searchFor(where)), { table: 'business_forms', terms: 'form_values', most: FORMS / 4 });
  });
});
