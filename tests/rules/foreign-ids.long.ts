import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import { newPhone } from '../../src/testing/test-organization.ts';
import type { Answer, TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { canEverHold } from './expected.roles.ts';
import { rowTypes, ruleOf, SURFACES, type SurfaceName } from './printed.rules.ts';
import { documentFor, idPlaces, idType, isOfContacts, type Place, type RootField, rootFields, variablesWith } from './root-questions.ts';
import { asOwner, contentsOf, type Thing, thingsOf } from './rows.fixture.ts';
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
/** Of the customer, whom the colleague does not answer for; a company that the guest alone is of, for the customer's has a contact of theirs. */
const unseen = (type: string): string =>
  ({ Contact: world.contacts.customer, BusinessForm: world.forms.handled })[type] ??
  things.find((thing) => thing.type === type && thing.contactIds?.some((id) => encodeGlobalId('Contact', id) === world.contacts.guest))
    ?.globalId ??
  things.find((thing) => thing.type === type && thing.formId !== undefined && ofHandled(thing))?.globalId ??
  ours(type);
const ofHandled = ({ formId }: Thing): boolean => encodeGlobalId('BusinessForm', formId!) === world.forms.handled;

const isTheirs = ({ surface, field }: RootField): boolean => surface === 'staff' && isOfContacts(ruleOf(SURFACES[surface], field).roles);
/** Every place for an id in what can be asked on a surface. */
const placesOn = (surface: SurfaceName): (readonly [string, RootField, Place])[] =>
  (['query', 'mutation'] as const)
    .flatMap((operation) => rootFields(surface, operation))
    .flatMap((root) => idPlaces(root).map((place) => [`${root.field.name}(${place.join('.')})`, root, place] as const));
/** Those that a seat may ask at all, for ids of some types. */
const placesOf = (seat: SeatName, types: readonly string[]): (readonly [string, RootField, Place])[] =>
  placesOn(surfaceOf(seat)).filter(([, root, place]) => types.includes(idType(root.field.name, place)) && !isTheirs(root));

/** What an answer says, without what differs from request to request. */
const said = ({ data, errors }: Answer) => ({
  data,
  errors: errors.map(({ message, path, extensions: { code } }) => ({ message, path, code })),
});
type Said = ReturnType<typeof said>;

async function ask(seat: TestSeat, root: RootField, place: Place, value: string | readonly string[]): Promise<Said> {
  const variables = variablesWith(root, ours, { place, value });
  // The demo's code opens seats of a demo's phone: that of the seat that asks.
  if (root.field.name === 'signIn') variables.input = { ...(variables.input as object), phone: phoneOf(seat) };
  return said(await seat.ask(documentFor(root, variables), variables));
}
const phoneOf = ({ name }: TestSeat): string =>
  [...world.ours.plan.employees, ...world.ours.plan.contacts].find(({ key }) => key === name)?.phone ?? newPhone();

/** Ids of any type belong there. */
const takesAny = ({ field }: RootField, place: Place): boolean => ['node', 'nodes'].includes(field.name) || place.includes('objects');

/** Asks with ids, and with others that name nothing: all are answered alike. */
async function areAsNeverIssued(seat: TestSeat, root: RootField, place: Place, ids: readonly string[], name?: SeatName): Promise<Said> {
  const type = idType(root.field.name, place);
  const nothing = await ask(seat, root, place, encodeGlobalId(type, randomUUID()));
  const ofAnotherType = takesAny(root, place) ? [] : [first(type === 'Tag' ? 'TagGroup' : 'Tag', world.ours.id)];
  const answers = await Promise.all(['never issued', ...ofAnotherType, ...ids].map((id) => ask(seat, root, place, id)));
  expect(answers).toEqual(answers.map(() => nothing));
  if (root.operation !== 'mutation' || !seat.token || isTheirs(root) || isOfValues(root, place)) return nothing;
  if (name && !canEverHold(name, ...printedOf(root)))
    expect(nothing.errors.map(({ code }) => code)).toEqual(['FORBIDDEN']); // whatever the id
  else expect(refusals(nothing.data)).toEqual(['NOT_FOUND']);
  return nothing;
}

/** What values name is looked at once the fields that they are for are known, and for whom the form is: a customer's are, from the beginning. */
const isOfValues = ({ field, surface }: RootField, place: Place): boolean =>
  place.includes('customFields') ||
  (place.includes('values') && !(surface === 'portal' && field.name === 'submitForm')) ||
  (surface === 'staff' && field.name === 'placeOrder' && place.includes('lines'));
const printedOf = ({ surface, field }: RootField): [roles: readonly string[], right: string | undefined] => {
  const { roles, right } = ruleOf(SURFACES[surface], field);
  return [roles, right];
};

/** Codes with which a mutation refuses; a bulk act answers for each object. */
const refusals = (data: unknown): unknown[] => {
  const [payload] = Object.values(data as Record<string, { results?: { code: string }[]; code?: string } | null>);
  return payload?.results?.map(({ code }) => code) ?? [payload?.code];
};

/** One of each type that the other organization has; their sessions too. */
async function idsOfTheirs(): Promise<string[]> {
  const types = new Set(things.map(({ type }) => type));
  const sessions = await asOwner<{ id: string }>(
    server,
    `select id from identity.sessions where organization_id = '${world.theirs.id}' limit 1`,
  );
  const rows = [...types].flatMap((type) => things.find((one) => one.type === type && one.organizationId === world.theirs.id) ?? []);
  return [...rows.map(({ globalId }) => globalId), ...sessions.map(({ id }) => encodeGlobalId('Session', id))];
}

describe('an id of another organization', () => {
  let foreign: readonly string[];
  beforeAll(async () => {
    foreign = await idsOfTheirs();
    expect(foreign.length).toBeGreaterThan(18);
  });

  let asked = 0;
  /** Of the type that belongs there, and two others: by turns, so that each type comes to many places. Any where any may stand. */
  const idsFor = (root: RootField, place: Place): string[] => {
    if (root.field.name.startsWith('node')) return [...foreign];
    const turn = 2 * asked++;
    return [theirs(idType(root.field.name, place)), foreign[turn % foreign.length]!, foreign[(turn + 1) % foreign.length]!];
  };

  it.each([
    ...placesOn('staff').map((place) => ['admin', ...place] as const),
    ...placesOn('portal').map((place) => ['customer', ...place] as const),
    ...placesOn('portal').map((place) => ['nobody', ...place] as const),
  ])('is to the %s as one that was never issued at %s, whatever its type', async (name, _, root, place) => {
    const seat = name === 'nobody' ? server.nobody : world.seats[name];
    const answer = JSON.stringify(await areAsNeverIssued(seat, root, place, idsFor(root, place)));
    for (const id of foreign) expect(answer).not.toContain(id);
  });

  it('can be put nowhere else: no field of a row takes ids, but in a filter that a root field takes as well, and headings of articles', () => {
    const fields = Object.entries(SURFACES).flatMap(([surface, schema]) =>
      [...rowTypes(schema).values()].flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({
          surface: surface as SurfaceName,
          operation: 'query' as const,
          field,
          of: type.name,
        })),
      ),
    );
    expect(fields.filter(({ field }) => field.args.length > 0).length).toBeGreaterThan(10);
    const filterOf = ({ field }: Pick<RootField, 'field'>): string | undefined =>
      field.args.find(({ name }) => name === 'where')?.type.toString();
    const filters = { staff: rootFields('staff', 'query').map(filterOf), portal: rootFields('portal', 'query').map(filterOf) };
    const others = fields.flatMap((root) =>
      idPlaces(root)
        .filter(([first]) => !(first === 'where' && filters[root.surface].includes(filterOf(root))))
        .map((place) => `${root.of}.${root.field.name}(${place.join('.')})`),
    );
    expect(new Set(others)).toEqual(new Set(['ServiceWindow.articles(categoryId)'])); // the next test asks it
    expect(fields.flatMap((root) => idPlaces(root)).length).toBeGreaterThan(2);
  });
});

describe('a heading of another organization', () => {
  it('has articles for nobody, as one that was never issued', async () => {
    const ids = things.filter(({ type }) => type === 'ArticleCategory').map(({ globalId }) => globalId);
    expect(ids.length).toBeGreaterThan(1);
    for (const seat of [world.seats.stranger, world.seats.strangersCustomer])
      for (const id of [...ids, encodeGlobalId('ArticleCategory', randomUUID())]) {
        const { data, errors } = await seat.ask(
          'query ($id: ID!) { serviceWindow { articles(categoryId: $id) { totalCount nodes { id } } } }',
          { id },
        );
        expect({ data, errors }).toEqual({ data: { serviceWindow: { articles: { totalCount: 0, nodes: [] } } }, errors: [] });
      }
  });
});

describe('an id of what a seat cannot see', () => {
  const cases = [
    ...placesOf('colleague', ['BusinessForm', 'FormTask', 'Company']).map((place) => ['colleague', ...place] as const),
    ...placesOf('rival', ['Contact', 'BusinessForm']).map((place) => ['rival', ...place] as const),
  ].filter(([, name]) => !/^(node|switchSeat)/.test(name) || name === 'node(id)');

  it.each(cases)('is to the %s as one that was never issued at %s', async (seat, _, root, place) => {
    const type = root.field.name === 'node' ? 'BusinessForm' : idType(root.field.name, place);
    await areAsNeverIssued(world.seats[seat], root, place, [unseen(type)], seat);
  });
});

describe('following', () => {
  const refusalOf = async (seat: TestSeat, root: RootField, place: Place, value: string): Promise<string> => {
    const variables = variablesWith(root, ours, { place, value });
    const following = seat.follow(documentFor(root, variables), variables);
    const refused = await following.next().then(
      () => 'followed',
      (error: unknown) => String(error).replace(/"requestId":"[^"]+"/, ''),
    );
    await following.stop();
    return refused;
  };
  const followed = (['staff', 'portal'] as const).flatMap((surface) =>
    rootFields(surface, 'subscription').flatMap((root) =>
      idPlaces(root).map((place) => [`${root.field.name}(${place.join('.')})`, surface, root, place] as const),
    ),
  );

  it.each(followed)(
    '%s on the surface %s, of what is another’s or not seen, is like following nothing',
    async (_, surface, root, place) => {
      const { admin, colleague, customer, rival } = world.seats;
      const [inside, outside] = surface === 'staff' ? [admin, colleague] : [customer, rival];
      const type = idType(root.field.name, place);
      const nothing = await refusalOf(inside, root, place, encodeGlobalId(type, randomUUID()));
      expect(nothing).not.toBe('followed');
      for (const id of await idsOfTheirs()) expect(await refusalOf(inside, root, place, id)).toBe(nothing);
      expect(await refusalOf(outside, root, place, unseen(type))).toBe(nothing);
    },
  );
});

describe('all these questions', () => {
  it('have changed nothing in any table of either organization', async () => {
    expect(before.length).toBeGreaterThan(30);
    expect(await contentsOf(server)).toEqual(before);
  });
});

describe('an id of another organization beside one of our own', () => {
  const listed = placesOn('staff').filter(
    ([, root, place]) => root.operation === 'mutation' && !isTheirs(root) && !isOfValues(root, place) && /Ids$/.test(place.at(-1)!),
  );
  const ofTheirs = (lines: readonly string[]): string[] => lines.filter((line) => line.includes(world.theirs.id));

  it.each(listed)('is refused at %s, and nothing of theirs changes', async (_, root, place) => {
    const type = idType(root.field.name, place);
    const { data } = await ask(world.seats.admin, root, place, [ours(type), theirs(type)]);
    expect(refusals(data).at(-1)).toBe('NOT_FOUND');
    expect(ofTheirs(await contentsOf(server))).toEqual(ofTheirs(before));
  });
});
