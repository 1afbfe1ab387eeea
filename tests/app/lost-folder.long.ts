import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSeat } from '../../src/testing/test-seat.ts';
import { runProgram } from '../support/run-program.ts';
import { dataFolder, type StartedProgram, startProgram } from '../support/started-program.ts';

// The folder of an installation is lost, and comes back from a backup that was taken while the server was at work.

const PHONES = { hu: '+8613900000001', wang: '+8613800000003', ma: '+8613900000002' } as const;
type Name = keyof typeof PHONES;
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { __typename ... on SignInSuccess { token seat { id name } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { __typename ... on PlaceOrderSuccess { order { id number customerState total { amount } } } } }`;
const CONTACTS = `{ viewer { id name } sessions { id } contacts(first: 2) { totalCount pageInfo { endCursor hasNextPage } edges { cursor node { id version name phone tags { id name } viewerRoles createdAt } } } }`;
const NEXT = 'query ($after: Cursor) { contacts(first: 2, after: $after) { nodes { id name } } }';
const FORMS = '{ viewer { id } myForms(first: 20) { nodes { id number customerState customerVersion submittedAt } } }';
const LIVE = '{ myForms { liveCursor } }';
const FOLLOW = 'subscription ($after: EventCursor) { myForms(after: $after) { kind customerState form { id number } } }';

let folder: Awaited<ReturnType<typeof dataFolder>>;
let program: StartedProgram;
let environment: Record<string, string>;
const data = (): string => join(folder.path, 'data');
const file = (): string => join(folder.path, 'kept.backup');
const guichet = (...args: string[]) => runProgram(args, environment);

beforeAll(async () => {
  folder = await dataFolder();
  environment = { DATA_DIR: data(), DEMO: '1', WRITES_PER_MINUTE: '0' };
  program = await startProgram(environment);
});
afterAll(async () => {
  await program?.stop();
  await folder?.remove();
});

async function signIn(name: Name): Promise<TestSeat> {
  const nobody = new TestSeat({ id: '', name, token: undefined, url: program.url });
  const { token, seat } = await nobody.does(SIGN_IN, { input: { phone: PHONES[name], code: '246810' } });
  return new TestSeat({ id: seat.id, name: seat.name, token, url: program.url });
}
/** The same seat with the same token, at the program that runs now. */
const again = ({ id, name, token }: TestSeat): TestSeat => new TestSeat({ id, name, token, url: program.url });
/** The answer as it is sent. */
async function bytes(seat: TestSeat, query: string, variables: object = {}): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${seat.token}` };
  return (await fetch(`${program.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })).text();
}

it('gives back the same answers, byte for byte, to the same tokens and cursors, and goes on', async () => {
  const [hu, wang, ma] = [await signIn('hu'), await signIn('wang'), await signIn('ma')];
  const { products } = await hu.query('{ products(first: 1) { nodes { id } } }');
  const input = (key: string) => ({ input: { lines: [{ productId: products.nodes[0].id, quantity: 1 }], idempotencyKey: key } });
  const start = (await hu.query(LIVE)).myForms.liveCursor;
  await hu.does(PLACE, input('first'));
  const told = hu.follow(FOLLOW, { after: start });
  await told.next(); // so it has its number, and what follows the next cursor is the second
  await told.stop();
  const { myForms } = await hu.query(LIVE);
  const second = await hu.does(PLACE, input('second'));
  const { endCursor } = (await wang.query(CONTACTS)).contacts.pageInfo;
  const asked: [TestSeat, string, object?][] = [
    [hu, FORMS],
    [wang, CONTACTS],
    [wang, NEXT, { after: endCursor }],
    [hu, PLACE, input('second')],
  ];
  const before = await Promise.all(asked.map(([seat, query, variables]) => bytes(seat, query, variables)));
  expect(before.join()).not.toContain('"errors"');

  // Somebody else goes on writing until the backup is done.
  const placed: string[] = [];
  let isDone = false;
  const writing = (async () => {
    while (!isDone) placed.push((await ma.does(PLACE, input(`ma-${placed.length}`))).order.id);
  })();
  await expect.poll(() => placed.length).toBeGreaterThan(0);
  const surely = [...placed];
  const backup = await guichet('backup', file());
  isDone = true;
  await writing;
  expect([backup.code, backup.stdout]).toEqual([0, expect.stringMatching(/kept\.backup: \d+ rows of \d+ tables, \d+ bytes\.\n$/)]);

  const doctor = await guichet('doctor', '--json');
  const findings: { level: string; subject: string }[] = JSON.parse(doctor.stdout);
  expect(findings.filter(({ level }) => level === 'failure').map(({ subject }) => subject)).toEqual([]);
  expect(findings.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['embedded database', 'roles', 'row level security', 'migrations', 'secret']),
  );
  expect(doctor.stdout).not.toContain((await readFile(join(data(), 'database/password'), 'utf8')).trim());

  expect(await program.stop()).toBe(0);
  await rm(data(), { recursive: true });
  const restored = await guichet('restore', file(), '--json');
  expect(restored.code).toBe(0);
  expect(JSON.parse(restored.stdout)).toMatchObject({ applied: [] });
  program = await startProgram(environment);

  const after = await Promise.all(asked.map(([seat, query, variables]) => bytes(again(seat), query, variables)));
  expect(after).toEqual(before);
  const kept: string[] = (await again(ma).query('{ myForms(last: 100) { nodes { id } } }')).myForms.nodes
    .map(({ id }: { id: string }) => id)
    .reverse();
  expect(kept).toEqual(placed.slice(0, kept.length));
  expect(kept).toEqual(expect.arrayContaining(surely));

  // What was to be heard then is heard now, and what comes next comes behind it.
  const heard = again(hu).follow(FOLLOW, { after: myForms.liveCursor });
  expect(await heard.next()).toMatchObject({ form: { id: second.order.id } });
  const third = await again(hu).does(PLACE, input('third'));
  expect(await heard.next()).toMatchObject({ form: { id: third.order.id } });
  await heard.stop();
});

it('is not put into a database that is there, nor over a file, and nothing is made for a file that is damaged', async () => {
  const twice = await guichet('backup', file());
  expect([twice.code, twice.stderr]).toEqual([1, `guichet: ${file()} is there already: give the backup another name.\n`]);
  const full = await guichet('restore', file());
  expect([full.code, full.stdout]).toEqual([2, '']);
  expect(full.stderr).toContain('A backup is restored into an empty database only');

  const damaged = join(folder.path, 'damaged.backup');
  const whole = await readFile(file());
  await writeFile(damaged, whole.subarray(0, whole.length - 100));
  const elsewhere = join(folder.path, 'elsewhere');
  const refused = await runProgram(['restore', damaged], { DATA_DIR: elsewhere });
  expect([refused.code, refused.stderr.split('\n').at(-2)]).toEqual([1, `guichet: ${damaged}: It has no end: it was cut off.`]);
  await expect(readdir(elsewhere)).rejects.toThrow('ENOENT');

  await mkdir(elsewhere);
  const nothing = await runProgram(['backup', join(folder.path, 'nothing.backup')], { DATA_DIR: elsewhere });
  expect([nothing.code, nothing.stderr]).toEqual([2, `guichet: DATA_DIR: there is no database in ${elsewhere}.\n`]);
  expect(await readdir(elsewhere)).toEqual([]);
  const unknown = await guichet('restore', file(), '--without', 'contacts');
  expect([unknown.code, unknown.stderr]).toEqual([2, 'guichet: --without contacts: there is no such plugin, here or in the backup.\n']);
});
