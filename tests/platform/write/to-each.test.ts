import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { RawDatabase } from '../../support/raw-database.ts';
import { bulkPlugin } from './bulk.plugin.ts';

// A bulk act of which some are refused when all is done that can be done to them: nothing of that stays, and all of the others' does.

const NOTE = `mutation ($input: NoteOnEachInput!) { noteOnEach(input: $input) {
  __typename ... on NoteOnEachSuccess { refused } ... on UserError { code } } }`;

let server: TestServer;
let own: TestOrganization;
let database: RawDatabase;
beforeAll(async () => {
  server = await startTestServer({ plugins: [bulkPlugin] });
  database = await RawDatabase.open(server.databaseUrl);
});
beforeEach(async () => {
  own = await server.organization();
  for (const { id } of [own.owner, own.sharee, own.colleague])
    await database.rows(`insert into plg_bulk.notes (organization_id, id, about, how) values ($1, gen_random_uuid(), $2, 'kept')`, [
      own.id,
      uuid(id),
    ]);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const uuid = (id: string): string => decodeGlobalId('Employee', id);
const noteOn = (all: readonly TestSeat[], ending: string, some: readonly TestSeat[]) =>
  own.admin.ask(NOTE, { input: { employees: all.map(({ id }) => id), ending, some: some.map(({ id }) => id) } });
/** What there is about one: notes by how they were written, and events. */
async function about({ id }: TestSeat) {
  const rows = await database.rows<{ how: string }>('select how from plg_bulk.notes where about = $1 order by how', [uuid(id)]);
  const events = await database.rows('select 1 from events where topic = $1 and subject_id = $2', ['BULK_NOTE', uuid(id)]);
  return { notes: rows.map(({ how }) => how).filter((how) => !how.startsWith('after')), events: events.length };
}
const DONE = { notes: ['changed', 'counted', 'created', 'inserted'], events: 1 };
const NOTHING = { notes: ['kept'], events: 0 };

describe('an object of a bulk act that is refused late', () => {
  it.each(['refused', 'forbidden'])('leaves no row, no entity, no event and no put-off work behind: %s', async (ending) => {
    const { owner, sharee, colleague } = own;
    const { data } = await noteOn([owner, sharee, colleague], ending, [sharee]);
    expect(data.noteOnEach).toEqual({ __typename: 'NoteOnEachSuccess', refused: 1 });
    expect(await Promise.all([owner, sharee, colleague].map(about))).toEqual([DONE, NOTHING, DONE]);
  });

  it('is not named in the audit record, and the others are', async () => {
    const { owner, sharee } = own;
    await noteOn([owner, sharee], 'refused', [sharee]);
    const rows = await database.rows<{ object_id: string }>(
      `select object_id from audit_objects join audit_entries entry on entry.id = entry_id where entry.organization_id = $1 and act = 'noteOnEach'`,
      [own.id],
    );
    const named = rows.map(({ object_id }) => object_id);
    expect([named.includes(uuid(owner.id)), named.includes(uuid(sharee.id))]).toEqual([true, false]);
  });

  it('is done once where it is named twice', async () => {
    const { owner } = own;
    await noteOn([owner, owner], 'refused', []);
    expect(await about(owner)).toEqual(DONE);
  });

  it('takes all others with it where it breaks', async () => {
    const { owner, sharee, colleague } = own;
    const { errors } = await noteOn([owner, sharee, colleague], 'broken', [sharee]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
    expect(await Promise.all([owner, sharee, colleague].map(about))).toEqual([NOTHING, NOTHING, NOTHING]);
  });
});

describe('work that is put off', () => {
  it('is done once for all its parts, in the order of the names, whatever was asked first', async () => {
    await noteOn([own.owner, own.sharee, own.colleague], 'refused', [own.sharee]);
    const rows = await database.rows<{ how: string }>(
      `select how from plg_bulk.notes where organization_id = $1 and how not in ('kept', 'changed', 'created', 'inserted', 'counted')`,
      [own.id],
    );
    expect(rows).toEqual([{ how: 'after 2' }]);
  });
});

describe('the objects of a bulk act', () => {
  it('are taken in the order of their ids, however they are named', async () => {
    const seats = [own.owner, own.sharee, own.colleague].toSorted((one, other) => (uuid(one.id) < uuid(other.id) ? 1 : -1));
    await noteOn(seats, 'refused', []);
    const rows = await database.rows<{ about: string }>(
      `select about from plg_bulk.notes where organization_id = $1 and how = 'inserted' order by id`,
      [own.id],
    );
    expect(rows.map(({ about: id }) => id)).toEqual(seats.map(({ id }) => uuid(id)).toReversed());
  });
});
