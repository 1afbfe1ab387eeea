import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPhone, type TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { ADD, added, CHANGE_PHONE, outcome, rowsOf } from './contact.fixture.ts';

const HOUR = 3_600_000;
let now = Date.now();
let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(now) });
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const input = (phone: string) => ({ name: 'Zhu Ming', phone, tagIds: [own.tagIds[0]] });
const known = () => input(own.plan.contacts[0]!.phone);
const asks = async (name: 'colleague' | 'sharee' = 'colleague') => (await outcome(own[name], ADD, known())).__typename;
const recorded = async () => Number((await rowsOf<{ count: string }>(server, own, 'select count(*) from phone_answers'))[0]!.count);

async function refused(phone: string) {
  const { data, errors } = await own.colleague.ask(ADD, { input: input(phone) });
  expect(data).toEqual({ addContact: null });
  return errors.map(({ extensions }) => extensions as { code: string; retryAfter?: number });
}

describe('answers that a phone is known (spec 3.4)', () => {
  it('are twenty a day for each seat, whatever asked for them; then nothing is told of any phone', async () => {
    const employee = own.plan.employees[0]!.phone;
    const { id } = await added(own.colleague, own);
    for (let i = 0; i < 7; i++) {
      expect(await asks()).toBe('ContactPhoneTaken');
      expect((await outcome(own.colleague, ADD, input(employee))).__typename).toBe('PhoneBelongsToEmployee');
    }
    for (let i = 0; i < 6; i++)
      expect((await outcome(own.colleague, CHANGE_PHONE, { contactId: id, phone: known().phone })).__typename).toBe('ContactPhoneTaken');
    expect(await recorded()).toBe(20);
    const limited = [{ code: 'RATE_LIMITED', retryAfter: 86_400, requestId: expect.any(String) }];
    for (const phone of [known().phone, employee, newPhone()]) expect(await refused(phone)).toEqual(limited);
    const { errors } = await own.colleague.ask(CHANGE_PHONE, { input: { contactId: id, phone: newPhone() } });
    expect(errors[0]!.extensions.code).toBe('RATE_LIMITED');
    expect(await recorded()).toBe(20);
    expect(await asks('sharee')).toBe('ContactPhoneTaken');
  });

  it('count no longer after a day, each by itself', async () => {
    for (let i = 0; i < 10; i++) await asks();
    now += 12 * HOUR;
    for (let i = 0; i < 10; i++) await asks();
    expect(await refused(newPhone())).toMatchObject([{ code: 'RATE_LIMITED', retryAfter: 12 * 3600 }]);
    now += 12 * HOUR - 1;
    expect(await refused(newPhone())).toMatchObject([{ retryAfter: 1 }]);
    now += 1;
    for (let i = 0; i < 10; i++) expect(await asks()).toBe('ContactPhoneTaken');
    expect(await refused(newPhone())).toMatchObject([{ code: 'RATE_LIMITED' }]);
  });

  it('are never more than twenty, also when all are asked for at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => own.colleague.ask(ADD, { input: known() })));
    expect(answers.filter(({ data }) => data?.addContact?.__typename === 'ContactPhoneTaken')).toHaveLength(20);
    expect(answers.filter(({ errors }) => errors[0]?.extensions.code === 'RATE_LIMITED')).toHaveLength(10);
    expect(await recorded()).toBe(20);
  });

  it('cost nothing where no phone is known', async () => {
    for (let i = 0; i < 3; i++) await added(own.colleague, own);
    expect((await outcome(own.colleague, ADD, input('12'))).__typename).toBe('ValidationFailed');
    expect(await recorded()).toBe(0);
  });
});
