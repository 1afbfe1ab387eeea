import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { forgotten, trouble } from './trouble.plugin.ts';

// A plugin that throws, rejects, answers nonsense or never answers takes down its own fields alone (promise 9).

let founder: TestServer;
let server: TestServer;
let owner: TestSeat;
let customerId: string;
beforeAll(async () => {
  founder = await startTestServer({ plugins: [trouble] });
  const { id, plan, customer } = await founder.organization();
  customerId = customer.id;
  // a server of little patience beside it; few connections, so that one that was lost would be missed
  server = await startTestServer({ plugins: [trouble], patience: 700, poolSize: 3, databaseUrl: founder.databaseUrl });
  owner = await server.seat(plan.employees.find(({ key }) => key === 'owner')!.phone, id);
});
afterAll(async () => {
  await server?.stop();
  await founder?.stop();
});

const internal = (...path: (string | number)[]) => ({
  path,
  message: 'Unexpected error.',
  extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/./) },
});
const WRITE = 'mutation ($input: WriteNoteInput!) { writeNote(input: $input) { __typename } }';
const noteCount = async (): Promise<number> => (await owner.query('{ notes { totalCount } }')).notes.totalCount;

describe('a root field', () => {
  it.each([
    ['throws', 'throwing'],
    ['throws, and says of itself that it is never null', 'throwingBare'],
    ['rejects', 'rejecting'],
    ['answers a word for a number', 'wordForNumber'],
    ['answers an object for a list', 'objectForList'],
    ['never answers', 'silent'],
  ])('that %s is null with one error, and the others answer', async (_, field) => {
    const { data, errors } = await owner.ask(`{ viewer { name } ${field} sound }`);
    expect(data).toEqual({ viewer: { name: 'The owner' }, [field]: null, sound: 1 });
    expect(errors).toEqual([expect.objectContaining(internal(field))]);
  });
  it.each([
    ['the only one that is read', 'failing { id }', {}],
    ['before others', 'failing { id } viewer { name } notes { totalCount }', { viewer: { name: 'The owner' }, notes: { totalCount: 0 } }],
    ['between others', 'viewer { name } failing { id } notes { totalCount }', { viewer: { name: 'The owner' }, notes: { totalCount: 0 } }],
    ['beside one that is computed', 'viewer { name } failing { id } sound', { viewer: { name: 'The owner' }, sound: 1 }],
    ['twice', 'failing { id } again: failing { id } viewer { name }', { again: null, viewer: { name: 'The owner' } }],
  ])('whose statement fails is null: %s', async (_, fields, others) => {
    const { data, errors } = await owner.ask(`{ ${fields} }`);
    expect(data).toEqual({ failing: null, ...others });
    expect(errors).toContainEqual(expect.objectContaining(internal('failing')));
    expect(errors).toHaveLength('again' in others ? 2 : 1);
  });
  it('that never answers for one item of its list is null', async () => {
    const { data, errors } = await owner.ask('{ viewer { name } silentItem }');
    expect(data).toEqual({ viewer: { name: 'The owner' }, silentItem: null });
    expect(errors).toEqual([expect.objectContaining(internal('silentItem'))]);
  });
  it('is null where a field beneath it never answers', async () => {
    const { data, errors } = await owner.ask('{ viewer { name } silentObject { what } }');
    expect(data).toEqual({ viewer: { name: 'The owner' }, silentObject: null });
    expect(errors).toEqual([expect.objectContaining(internal('silentObject', 'what'))]);
  });
  it('shares the time of the request with the plugin’s other fields', async () => {
    const { data, errors } = await owner.ask('{ a: silent b: silent c: silentObject { what } sound }');
    expect(data).toEqual({ a: null, b: null, c: null, sound: 1 });
    expect(errors).toHaveLength(3);
  });
});

describe('a field that a plugin adds to a type of the core', () => {
  it.each(['throwingHere', 'silentHere'])('harms nothing beside it: %s', async (field) => {
    const { data, errors } = await owner.ask(`query ($id: ID!) { contact(id: $id) { name ${field} owner { name } } }`, { id: customerId });
    expect(data.contact).toEqual({ name: 'The customer', [field]: null, owner: { name: 'The owner' } });
    expect(errors).toEqual([expect.objectContaining(internal('contact', field))]);
  });
});

describe('a mutation that never ends', () => {
  it('is rolled back and answered; what stands beside it is done, and no connection is lost', async () => {
    const before = await noteCount();
    const both = `mutation ($never: WriteNoteInput!, $once: WriteNoteInput!) {
      never: writeNote(input: $never) { __typename } once: writeNote(input: $once) { __typename } }`;
    const variables = { never: { silently: true }, once: { silently: false } };
    const answers = await Promise.all([owner, owner, owner, owner].map((seat) => seat.ask(both, variables)));
    for (const { data, errors } of answers) {
      expect(data).toEqual({ never: null, once: { __typename: 'WriteNoteSuccess' } });
      expect(errors).toEqual([expect.objectContaining(internal('never'))]);
    }
    expect(await noteCount()).toBe(before + 4);
    await owner.does(WRITE, { input: { silently: false } });
    expect(await noteCount()).toBe(before + 5);
  });
  it('can do nothing any more once it has been given up', async () => {
    const before = await noteCount();
    const { data, errors } = await owner.ask('mutation { writeNoteLater { __typename } }');
    expect(data).toEqual({ writeNoteLater: null });
    expect(errors).toHaveLength(1);
    forgotten.release();
    expect(await forgotten.gone).toMatchObject({ message: expect.stringMatching(/closed|terminated/i) }); // not refused by a rule: its connection is gone
    expect(await noteCount()).toBe(before);
  });
});
