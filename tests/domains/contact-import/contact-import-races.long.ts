import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPhone } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { csv, outcome, started } from './contact-import.fixture.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ jobsAtOnce: 4 });
});
afterAll(() => server?.stop());
type Counted = { readonly counts: { readonly created: number; readonly rejected: number } };
const sum = (all: readonly Counted[], of: keyof Counted['counts']): number => all.reduce((total, { counts }) => total + counts[of], 0);
const file = (phones: readonly string[]): Buffer => csv('Name,Phone,Tags', ...phones.map((phone, i) => `Raced ${i},${phone},New`));
const KEPT = `select count(*)::int as all, count(distinct phone)::int as phones from contacts where name like 'Raced %' and deleted_at is null`;

describe('imports at once (spec 3.4, 3.5, 3.12)', () => {
  it.each([false, true])('of the same phones make each contact once (all or nothing: %s)', async (atomic) => {
    const own = await server.organization();
    const phones = Array.from({ length: 40 }, newPhone);
    const ids = await Promise.all([phones, phones.toReversed()].map((some) => started(own.admin, file(some), { atomic })));
    const ended = [await outcome(server, own.admin, ids[0]!), await outcome(server, own.admin, ids[1]!)];
    expect([sum(ended, 'created'), sum(ended, 'rejected')]).toEqual([40, 40]);
    expect(await rowsOf(server, own, KEPT)).toEqual([{ all: 40, phones: 40 }]);
    expect(ended.map(({ state }) => state).toSorted()).toEqual(atomic ? ['DONE', 'REFUSED'] : ['DONE', 'DONE']);
  });

  it('make no contact more than there are places', async () => {
    const own = await server.organization();
    await rowsOf(server, own, 'update contact_quotas set limit_override = used + 10 returning used');
    const ids = await Promise.all([0, 1].map(() => started(own.admin, file(Array.from({ length: 8 }, newPhone)))));
    const ended = [await outcome(server, own.admin, ids[0]!), await outcome(server, own.admin, ids[1]!)];
    expect([sum(ended, 'created'), sum(ended, 'rejected')]).toEqual([10, 6]);
    expect(await rowsOf(server, own, KEPT)).toEqual([{ all: 10, phones: 10 }]);
    const [{ used, limit }] = (await rowsOf<{ used: number; limit: number }>(
      server,
      own,
      'select used, limit_override as limit from contact_quotas',
    )) as [{ used: number; limit: number }];
    expect(used).toBe(limit);
  });
});
