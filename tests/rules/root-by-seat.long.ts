import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { canEverHold } from './expected.roles.ts';
import { ruleOf, SURFACES, type SurfaceName } from './printed.rules.ts';
import { documentFor, type Operation, type RootField, rootFields, variablesFor } from './root-questions.ts';
import { asOwner, contentsOf } from './rows.fixture.ts';
import { CUSTOMERS, makeWorld, type SeatName, STAFF, surfaceOf, type World } from './world.fixture.ts';

// Queries and mutations as every seat: one that can have none of a rule's roles is refused before anything is looked for.

let server: TestServer;
let world: World;
let before: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  before = await contentsOf(server);
});
afterAll(() => server.stop());

const SEATS: readonly SeatName[] = [...STAFF, ...CUSTOMERS];
const printed = ({ surface, field }: RootField) => ruleOf(SURFACES[surface], field);
const admits = (seat: SeatName, root: RootField): boolean => {
  const { rule, roles, right } = printed(root);
  return canEverHold(seat, roles, right) && !NEEDS_THE_WHOLE[rule]?.includes(seat);
};
/** Settings hang on nobody's department: a right for a department is not enough (spec 2.3b). */
const NEEDS_THE_WHOLE: Readonly<Record<string, readonly SeatName[]>> = {
  'contact.settings': ['scopedAdmin'],
  'contactImport.manage': ['scopedAdmin'],
  'claiming.settings': ['scopedAdmin'],
  'directory.conflict': ['staffAdmin'],
};
const named = (surface: SurfaceName, operation: Operation) =>
  rootFields(surface, operation).map((root) => [root.field.name, root] as const);

async function codesOf(seat: TestSeat, root: RootField): Promise<string[]> {
  const variables = variablesFor(root, (type) => (type === 'Contact' ? world.contacts.customer : 'never issued'));
  const { data, errors } = await seat.ask(documentFor(root, variables), variables);
  expect(data?.[root.field.name] ?? null, `${seat.name} at ${root.field.name}`).toSatisfy((value) => errors.length === 0 || value === null);
  return errors.map(({ extensions }) => extensions.code);
}

describe.each(['staff', 'portal'] as const)('a query of the surface %s', (surface) => {
  const seats = SEATS.filter((seat) => surfaceOf(seat) === surface);
  it.each(named(surface, 'query'))('%s is for those who can have a role of its rule', async (name, root) => {
    for (const seat of seats) {
      const isLetIn = admits(seat, root) && !(seat === 'guest' && ['myForms', 'myFormDrafts', 'companyForms'].includes(name));
      expect([seat, ...(await codesOf(world.seats[seat], root))]).toEqual(isLetIn ? [seat] : [seat, 'FORBIDDEN']);
    }
  });
});

describe.each(['staff', 'portal'] as const)('a mutation of the surface %s', (surface) => {
  const seats = SEATS.filter((seat) => surfaceOf(seat) === surface);
  it.each(named(surface, 'mutation'))('%s is refused to those who can have no role of its rule', async (_, root) => {
    for (const seat of seats.filter((one) => !admits(one, root)))
      expect([seat, ...(await codesOf(world.seats[seat], root))]).toEqual([seat, 'FORBIDDEN']);
  });
  it('has somebody who is refused', () => {
    const refused = rootFields(surface, 'mutation').filter((root) => seats.some((seat) => !admits(seat, root)));
    expect(refused.length).toBeGreaterThan(surface === 'staff' ? 8 : -1);
  });
});

describe('somebody without a token', () => {
  it.each(named('portal', 'query'))('reads nothing at %s', async (name, root) => {
    const variables = variablesFor(root, () => world.contacts.customer);
    const { data, errors } = await server.nobody.ask(documentFor(root, variables), variables);
    const isOpen = printed(root).rule === 'public';
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(isOpen ? [] : ['UNAUTHENTICATED']);
    expect(data[name]).toEqual(name === 'nodes' ? [null] : null);
  });
  it.each(named('portal', 'mutation'))('does nothing at %s', async (name, root) => {
    if (printed(root).rule === 'public') return;
    const variables = variablesFor(root, () => 'never issued');
    const { data, errors } = await server.nobody.ask(documentFor(root, variables), variables);
    expect([data[name], ...errors.map(({ extensions }) => extensions.code)]).toEqual([null, 'UNAUTHENTICATED']);
  });
  it('cannot even name what stands on the surface of staff', async () => {
    const { data, errors } = await server.nobody.ask('{ contacts { totalCount } }');
    expect([data, ...errors.map(({ extensions }) => extensions.code)]).toEqual([null, 'BAD_REQUEST']);
  });
});

describe('all these questions', () => {
  it('have changed nothing', async () => {
    // a table to fill in is a file of whoever asked for it, and gone after a day
    await asOwner(server, `delete from files where purpose = 'CONTACT_IMPORT_TEMPLATE'`);
    expect(await contentsOf(server)).toEqual(before);
  });
});
