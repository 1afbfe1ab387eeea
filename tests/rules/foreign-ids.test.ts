import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { Answer, TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { ruleOf, SURFACES } from './printed.rules.ts';
import { documentFor, idPlaces, idType, type Place, type RootField, rootFields, variablesFor } from './root-questions.ts';
import { contentsOf, type Thing, thingsOf } from './rows.fixture.ts';
import { makeWorld, type SeatName, surfaceOf, type World } from './world.fixture.ts';

// What another organization has, and what a seat cannot see, does not exist wherever its id is put (spec 2.5).

let server: TestServer;
let world: World;
let things: readonly Thing[];
let before: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  things = [...(await thingsOf(server)).values()];
  before = await contentsOf(server);
});
afterAll(() => server.stop());

const first = (type: string, organizationId: string, uuid?: string): string =>
  things.find((one) => one.type === (type === 'BusinessForm' ? 'Order' : type) && one.organizationId === organizationId)?.globalId ??
  encodeGlobalId(type, uuid ?? randomUUID());
const theirs = (type: string): string => first(type, world.theirs.id);
const ours = (type: string): string => (type === 'Contact' ? world.contacts.customer : first(type, world.ours.id));
/** Of the customer, whom the colleague does not answer for. */
const unseen = (type: string): string =>
  ({ Contact: world.contacts.customer, BusinessForm: world.forms.handled })[type] ??
  things.find((thing) => thing.type === type && thing.formId !== undefined && ofHandled(thing))?.globalId ??
  ours(type);
const ofHandled = ({ formId }: Thing): boolean => encodeGlobalId('BusinessForm', formId!) === world.forms.handled;

/** Every place for an id in what a seat may ask at all. Signing in needs a code that was sent; it is tested with accounts. */
function placesOf(seat: SeatName, types?: readonly string[]): (readonly [string, RootField, Place])[] {
  const surface = surfaceOf(seat);
  const isTheirs = ({ field }: RootField): boolean => ruleOf(SURFACES[surface], field).roles.join() === 'EXTERNAL';
  return (['query', 'mutation'] as const)
    .flatMap((operation) => rootFields(surface, operation))
    .filter((root) => root.field.name !== 'signIn' && (surface === 'portal' || !isTheirs(root)))
    .flatMap((root) => idPlaces(root).map((place) => [`${root.field.name}(${place.join('.')})`, root, place] as const))
    .filter(([, { field }, place]) => !types || types.includes(idType(field.name, place)));
}

/** What an answer says, without what differs from request to request. */
const said = ({ data, errors }: Answer) => ({
  data,
  errors: errors.map(({ message, path, extensions: { code } }) => ({ message, path, code })),
});
type Said = ReturnType<typeof said>;

async function ask(seat: TestSeat, root: RootField, place: Place, id: string): Promise<Said> {
  const variables = variablesFor(root, (type, at) => (at.join() === place.join() ? id : ours(type)), place);
  return said(await seat.ask(documentFor(root, variables), variables));
}

/** Asks with an id, and with others that name nothing: all are answered alike. */
async function isAsNeverIssued(seat: TestSeat, root: RootField, place: Place, id: string): Promise<Said> {
  const type = idType(root.field.name, place);
  const answer = await ask(seat, root, place, id);
  const ofAnotherType = ['node', 'nodes'].includes(root.field.name) ? [] : [first(type === 'Tag' ? 'TagGroup' : 'Tag', world.ours.id)];
  for (const nothing of [encodeGlobalId(type, randomUUID()), 'never issued', ...ofAnotherType])
    expect(await ask(seat, root, place, nothing)).toEqual(answer);
  if (root.operation === 'mutation') expect(refusals(answer.data)).toEqual(['NOT_FOUND']);
  return answer;
}

/** Codes with which a mutation refuses; a bulk act answers for each object. */
const refusals = (data: unknown): unknown[] => {
  const [payload] = Object.values(data as Record<string, { results?: { code: string }[]; code?: string } | null>);
  return payload?.results?.map(({ code }) => code) ?? [payload?.code];
};

describe('an id of another organization', () => {
  const idsOfTheirs = (): string[] => things.flatMap((thing) => (thing.organizationId === world.theirs.id ? [thing.globalId] : []));

  it.each((['admin', 'customer'] as const).flatMap((seat) => placesOf(seat).map((place) => [seat, ...place] as const)))(
    'is to the %s as one that was never issued at %s',
    async (seat, _, root, place) => {
      const answer = JSON.stringify(await isAsNeverIssued(world.seats[seat], root, place, theirs(idType(root.field.name, place))));
      for (const id of idsOfTheirs()) expect(answer).not.toContain(id);
    },
  );
});

describe('an id of what a seat cannot see', () => {
  const cases = [
    ...placesOf('colleague', ['BusinessForm', 'FormTask', 'Company']).map((place) => ['colleague', ...place] as const),
    ...placesOf('rival', ['Contact', 'BusinessForm']).map((place) => ['rival', ...place] as const),
  ].filter(([, name]) => !/^(node|switchSeat)/.test(name) || name === 'node(id)');

  it.each(cases)('is to the %s as one that was never issued at %s', async (seat, _, root, place) => {
    const type = root.field.name === 'node' ? 'BusinessForm' : idType(root.field.name, place);
    await isAsNeverIssued(world.seats[seat], root, place, unseen(type));
  });
});

describe('following a form', () => {
  const FOLLOW = 'subscription ($id: ID!) { businessForm(id: $id) { formId } }';
  const refusalOf = async (seat: TestSeat, id: string): Promise<string> => {
    const following = seat.follow(FOLLOW, { id });
    const refused = await following.next().then(
      () => 'followed',
      (error: unknown) => String(error).replace(/"requestId":"[^"]+"/, ''),
    );
    await following.stop();
    return refused;
  };

  it('of another organization, or one that is not seen, is like following nothing', async () => {
    const { admin, colleague, rival } = world.seats;
    const nothing = await refusalOf(admin, encodeGlobalId('BusinessForm', randomUUID()));
    expect(nothing).not.toBe('followed');
    expect(await refusalOf(admin, theirs('BusinessForm'))).toBe(nothing);
    for (const seat of [colleague, rival]) expect(await refusalOf(seat, world.forms.handled)).toBe(nothing);
  });
});

describe('all these questions', () => {
  it('have changed nothing in any table of either organization', async () => {
    expect(placesOf('admin').length + placesOf('customer').length).toBeGreaterThan(40);
    expect(before.length).toBeGreaterThan(30);
    expect(await contentsOf(server)).toEqual(before);
  });
});
