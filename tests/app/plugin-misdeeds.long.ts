import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/platform/log/logger.ts';
import type { TestOrganization } from '../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { publish } from '../support/form-template.ts';
import { chosen, misdeed } from './misdeed.plugin.ts';
import { DEEDS, type Deed, GARBAGE } from './misdeeds.ts';

// Every place where code of a plugin is called, and everything that it may do there instead of its work: only what is the plugin's own
// fails, the next request works, and the log names the plugin and the place (promise 9).

const PATIENCE = 1_000;
const lines: string[] = [];
let founder: TestServer;
let server: TestServer;
let seats: TestOrganization;
beforeAll(async () => {
  founder = await startTestServer({ plugins: [misdeed] });
  seats = await founder.organization();
  const logger = createLogger('info', { write: (line) => void lines.push(line) });
  server = await startTestServer({
    plugins: [misdeed],
    patience: PATIENCE,
    statementTimeout: 5_000,
    poolSize: 4,
    databaseUrl: founder.databaseUrl,
    logger,
  });
  const [owner, admin, customer] = await Promise.all(
    (['owner', 'admin', 'customer'] as const).map((key) => {
      const { employees, contacts } = seats.plan;
      return server.seat([...employees, ...contacts].find((one) => one.key === key)!.phone, seats.id);
    }),
  );
  seats = { ...seats, owner: owner!, admin: admin!, customer: customer! };
});
afterAll(async () => {
  await server?.stop();
  await founder?.stop();
});
afterEach(async () => {
  chosen.deed = undefined;
  const { data, errors } = await seats.owner.ask('{ viewer { name } contacts { totalCount } sound }');
  expect([data, errors]).toEqual([{ viewer: { name: 'The owner' }, contacts: { totalCount: 1 }, sound: 1 }, []]);
});

const everyDeed = Object.keys(DEEDS) as Deed[];
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const internal = (...path: (string | number)[]) =>
  expect.objectContaining({ path, message: 'Unexpected error.', extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/./) } });
/** The log tells of a fault of a request. */
function expectTold(errors: readonly { readonly extensions: object }[], told: object): void {
  const { requestId } = errors[0]!.extensions as { requestId: string };
  const faults = lines.map((line): Record<string, unknown> => JSON.parse(line)).filter((line) => line.err && line.requestId === requestId);
  expect(faults).toContainEqual(expect.objectContaining(told));
}

describe('a root field of a plugin', () => {
  it.each([...everyDeed.map((deed) => `root${capital(deed)}`), ...everyDeed.map((deed) => `loader${capital(deed)}`)])(
    'alone is null: %s',
    async (field) => {
      const { data, errors } = await seats.owner.ask(`{ viewer { name } ${field} sound }`);
      expect([data, errors]).toEqual([{ viewer: { name: 'The owner' }, [field]: null, sound: 1 }, [internal(field)]]);
      expectTold(errors, { module: 'misdeed', field: `Query.${field}` });
    },
  );
  it.each(Object.keys(GARBAGE))('that gives what is not of its type is null alone: %s', async (field) => {
    const selected = GARBAGE[field]!.type === 'Misdone' ? `${field} { what }` : field;
    const { data, errors } = await seats.owner.ask(`{ viewer { name } ${selected} sound }`);
    expect(data).toEqual({ viewer: { name: 'The owner' }, [field]: null, sound: 1 });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } });
    expectTold(errors, { module: 'misdeed' });
  });
  it('may be long', async () => {
    expect((await seats.owner.query('{ huge sound }')).huge).toHaveLength(5_000_000);
  });
  it('that asks the database thousands of times at once keeps nobody from it', async () => {
    const flood = seats.owner.ask('{ viewer { name } floodOfReads sound }');
    const others = Array.from({ length: 20 }, () => seats.admin.query('{ contacts { totalCount } }'));
    await Promise.all(others);
    expect((await flood).data).toEqual({ viewer: { name: 'The owner' }, floodOfReads: null, sound: 1 });
  });
});

describe('a field that a plugin adds to a contact', () => {
  const ask = (fields: string) =>
    seats.owner.ask(`query ($id: ID!) { contact(id: $id) { name ${fields} owner { name } } }`, { id: seats.customer.id });
  const contact = { name: 'The customer', owner: { name: 'The owner' } };

  it.each(everyDeed.map((deed) => `contact${capital(deed)}`))('in JavaScript is null alone: %s', async (field) => {
    const { data, errors } = await ask(`${field} written`);
    expect([data.contact, errors]).toEqual([{ ...contact, [field]: null, written: 7 }, [internal('contact', field)]]);
    expectTold(errors, { module: 'misdeed', field: `Contact.${field}` });
  });
  it.each(['dividing', 'casting', 'unwritten'])(
    'in SQL that fails is null, as are its plugin’s others in SQL, alone: %s',
    async (field) => {
      const { data, errors } = await ask(`${field} written`);
      expect([data.contact, errors]).toEqual([
        { ...contact, [field]: null, written: null },
        [internal('contact', field), internal('contact', 'written')],
      ]);
      expectTold(errors, { module: 'misdeed' });
    },
  );
  it('in SQL that fails is null beside what is computed, in lists, and below other types', async () => {
    const fields =
      '{ contacts { totalCount nodes { name dividing viewerRoles } } tag: contacts(first: 1) { nodes { owner { name } } } sound }';
    const { data, errors } = await seats.owner.ask(fields);
    expect(data).toEqual({
      contacts: { totalCount: 1, nodes: [{ name: 'The customer', dividing: null, viewerRoles: ['OWNER', 'COLLEAGUE'] }] },
      tag: { nodes: [{ owner: { name: 'The owner' } }] },
      sound: 1,
    });
    expect(errors).toEqual([internal('contacts', 'nodes', 0, 'dividing')]);
  });
  it('is refused to whom it was refused before it failed', async () => {
    const query = 'query ($id: ID!) { contact(id: $id) { name phone dividing } }';
    const colleague = await server.seat(seats.plan.employees.find(({ key }) => key === 'colleague')!.phone, seats.id);
    const { data, errors } = await colleague.ask(query, { id: seats.customer.id });
    expect(data.contact).toEqual({ name: 'The customer', phone: null, dividing: null });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'INTERNAL']);
  });
  it('in SQL that never ends is null, and the rest is read', async () => {
    const { data, errors } = await ask('sleeping');
    expect([data.contact, errors]).toEqual([{ ...contact, sleeping: null }, [internal('contact', 'sleeping')]]);
  });
});

describe('a field of a plugin in the payload of a mutation', () => {
  const EDIT = (field: string) => `mutation ($input: UpdateContactInput!) { updateContact(input: $input) {
    __typename ... on UpdateContactSuccess { contact { remark ${field} } } } }`;
  it.each(['dividing', 'sleeping'])('harms itself alone, not what was done: %s', async (field) => {
    const before = (await seats.owner.query('query ($id: ID!) { contact(id: $id) { version } }', { id: seats.customer.id })).contact;
    const input = { contactId: seats.customer.id, expectedVersion: before.version, remark: `with ${field}` };
    const { data, errors } = await seats.owner.ask(EDIT(field), { input });
    expect(data.updateContact).toEqual({ __typename: 'UpdateContactSuccess', contact: { remark: `with ${field}`, [field]: null } });
    expect(errors).toEqual([internal('updateContact', 'contact', field)]);
    const after = (await seats.owner.query('query ($id: ID!) { contact(id: $id) { version } }', { id: seats.customer.id })).contact;
    expect(after.version).toBe(before.version + 1);
  });
});

describe('a mutation of a plugin', () => {
  const NAMES = everyDeed.flatMap((deed) => [`guard${capital(deed)}`, `run${capital(deed)}`]);
  it.each([...NAMES, 'runFloodsEvents'])('is not done, alone: %s', async (name) => {
    const payload = '(input: { word: "Any" }) { __typename }';
    const { data, errors } = await seats.owner.ask(`mutation { ${name}${payload} after: runEmits${payload} }`);
    expect([data, errors]).toEqual([{ [name]: null, after: { __typename: 'RunEmitsSuccess' } }, [internal(name)]]);
    expectTold(errors, { module: 'misdeed', field: `Mutation.${name}` });
  });
});

describe('what a plugin has tied to the work of another module', () => {
  const TAG = 'mutation ($input: TagContactInput!) { tagContact(input: $input) { __typename } }';
  it.each(everyDeed)('a listener that %s undoes what it was told of, and nothing else', async (deed) => {
    chosen.deed = deed;
    const { data, errors } = await seats.owner.ask(TAG, { input: { contactId: seats.customer.id, tagId: seats.tagIds[2] } });
    expect([data.tagContact, errors]).toEqual([null, [internal('tagContact')]]);
    expectTold(errors, {
      field: 'Mutation.tagContact',
      err: expect.objectContaining(deed.startsWith('never') ? {} : { plugin: 'misdeed' }),
    });
  });
  it.each(everyDeed)('a hook of its form kind that %s keeps that form from being handed in', async (deed) => {
    const templateId = await publish(founder, seats, { kind: 'MISDEED', name: 'Misdeed', withConfirmation: false, fields: [] });
    const SUBMIT = 'mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename } }';
    chosen.deed = deed;
    const { data, errors } = await seats.customer.ask(SUBMIT, { input: { templateId, values: [] } });
    expect([data.submitForm, errors]).toEqual([null, [internal('submitForm')]]);
    chosen.deed = undefined;
    await seats.customer.does(SUBMIT, { input: { templateId, values: [] } });
  });
  it('a check of its settings that throws keeps them from being changed', async () => {
    const SET = 'mutation ($input: UpdatePluginSettingsInput!) { updatePluginSettings(input: $input) { __typename } }';
    const set = (word: string) => seats.admin.ask(SET, { input: { plugin: 'misdeed', settings: { word } } });
    expect((await set('bad')).errors).toEqual([internal('updatePluginSettings')]);
    expect((await set('good')).errors).toEqual([]);
    expect((await seats.admin.query('{ plugins { name settings } }')).plugins).toEqual([{ name: 'misdeed', settings: { word: 'good' } }]);
  });
  it.each(everyDeed)('what it should know of a seat, where it %s, is not known, and the seat is served', async (deed) => {
    chosen.deed = deed;
    const again = await server.seat(seats.plan.employees[0]!.phone, seats.id);
    expect(await again.query('{ viewer { name } }')).toEqual({ viewer: { name: 'The admin' } });
  });
});

describe('a subscription of a plugin', () => {
  it.each(['allows', 'stream', 'wants', 'payload'])('ends alone where %s throws', async (at) => {
    const faulty = seats.owner.follow(`subscription { ${at}Throws { kind number } }`);
    const sound = seats.owner.follow('subscription { myTasks { kind } }');
    const sentinel = sound.next();
    await Promise.all([faulty.opened, sound.opened]);
    const failing = faulty.next();
    const ended = failing.then(
      () => 'It goes on.',
      (error: Error) => error.message,
    );
    let done = false;
    void ended.then(() => {
      done = true;
    });
    while (!done) await seats.owner.does('mutation { runEmits(input: { word: "Any" }) { __typename } }');
    expect(await ended).toContain('INTERNAL');
    await publish(founder, seats, { kind: 'GENERAL', name: 'General', withConfirmation: false, fields: [] });
    const templateId = await publish(founder, seats, { kind: 'GENERAL', name: 'General', withConfirmation: false, fields: [] });
    await seats.customer.does('mutation ($input: SubmitFormInput!) { submitForm(input: $input) { __typename } }', {
      input: { templateId, values: [] },
    });
    expect(await sentinel).toEqual({ kind: 'OPENED' });
    await Promise.all([faulty.stop(), sound.stop()]);
  });
});
