import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backfill } from '../../../src/app/backfills.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { FIELDS, textsOf } from './contact-fields.fixture.ts';

const LONG = 'x'.repeat(2_500);
const OLD = {
  plate: '沪A·123',
  Plate: 'another field',
  note: null,
  blank: ' ',
  name: 'called as a built-in one',
  seats: 5,
  deep: { list: [1, 2.5] },
  story: 'short',
};

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
  own = await server.organization();
  await rowsOf(server, own, 'delete from contact_fields'); // as a database of 0.1 has none
  const write = (name: string, values: object) =>
    rowsOf(server, own, 'update contacts set custom_fields = $1 where name = $2', [JSON.stringify(values), name]);
  await write('The customer', OLD);
  await write('The unowned', { story: LONG });
});
afterAll(() => server?.stop());

describe('values of 0.1, which were JSON (spec 3.10)', () => {
  it('become fields of text, made for their names: nothing is lost, whatever it was', async () => {
    await backfill(server.runtime);
    const { contactFields } = await own.admin.query(FIELDS);
    const made = contactFields.filter(({ builtIn }: { builtIn: boolean }) => !builtIn);
    expect(contactFields).toHaveLength(10 + made.length);
    expect(made.map(({ name, kind, usage }: Record<string, unknown>) => [String(name).split(' ')[0], kind, usage])).toEqual(
      expect.arrayContaining([
        ['plate', 'TEXT', 1],
        ['Plate', 'TEXT', 1],
        ['name', 'TEXT', 1],
        ['seats', 'TEXT', 1],
        ['deep', 'TEXT', 1],
        ['story', 'PARAGRAPH', 2],
      ]),
    );
    const texts = Object.entries(await textsOf(own, own.customer.id)).map(([name, text]) => [name.split(' ')[0], text]);
    expect(Object.fromEntries(texts)).toEqual({
      plate: '沪A·123',
      Plate: 'another field',
      name: 'called as a built-in one',
      seats: '5',
      deep: '{"list":[1,2.5]}',
      story: 'short',
    });
    expect(await textsOf(own, own.unowned.id)).toEqual({ story: LONG });
    const { contacts } = await own.admin.query(
      '{ contacts(where: { values: [{ field: "plate", text: { equals: "沪A·123" } }] }) { totalCount } }',
    );
    expect(contacts.totalCount).toBe(1);
  });

  it('are moved once: what is changed or deleted afterwards does not come back', async () => {
    const before = await own.admin.query(FIELDS);
    await backfill(server.runtime);
    expect(await own.admin.query(FIELDS)).toEqual(before);
    expect(await rowsOf(server, own, "select id from contacts where custom_fields <> '{}'")).toEqual([]);
  });
});
