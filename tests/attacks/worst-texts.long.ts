import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/platform/database/uuid.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { type Thing, thingsOf } from '../rules/rows.fixture.ts';
import { makeWorld, type World } from '../rules/world.fixture.ts';
import { bearer, post } from './attack.fixture.ts';
import { type TextPlace, textPlaces } from './worst-texts.fixture.ts';

// The texts that cost most, as long as a body may be, at every place that takes a text, and as long as that place takes them. What is
// counted is the time that this thread worked, so a busy machine changes nothing.

let server: TestServer;
let world: World;
let things: readonly Thing[];
beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  things = [...(await thingsOf(server)).values()];
});
afterAll(() => server?.stop());

const idOf = (type: string): string => {
  if (type === 'Contact') return world.contacts.customer;
  const kind = type === 'BusinessForm' ? 'Order' : type;
  const own = things.find((thing) => thing.type === kind && thing.organizationId === world.ours.id);
  return own?.globalId ?? encodeGlobalId(type, uuidv7());
};

const BODY = 240_000;
const filledBy = (piece: string, bytes: number): string => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
/** What costs most: marks that have to be put in order. */
const MARKS = '\u0301\u0327';
/** One sign that becomes eighteen, spaces and brackets for patterns, syllables to be read, letters with as many marks as a letter may have. */
const OTHERS = ['ﷺ', ' ', '(', '1-', '王', '👨‍👩‍👧‍👦', 'a@', '"', `a${MARKS.repeat(7)}`];
/** Code units of a character at the most. */
const UNITS = 16;
const whole = (piece: string): string => `a${filledBy(piece, BODY)}`;
/** As long as a body may be, and as much as the place takes. */
const textsFor = ({ most }: TextPlace, piece: string): string[] =>
  most === undefined ? [whole(piece)] : [whole(piece), whole(piece).slice(0, most), whole(piece).slice(0, most * UNITS)];

const EVERY_PLACE = (['staff', 'portal'] as const).flatMap((surface) => textPlaces(surface, idOf));
/** One of each argument and input field, for whoever reads it: what many fields take is taken in by the same code. */
const ALL_PLACES = [...new Map(EVERY_PLACE.map((place) => [`${place.surface} ${place.operation} ${place.declared}`, place])).values()];
/** `TEXT_PLACES=4`: every fourth place, where minutes count. */
const STRIDE = Number(process.env.TEXT_PLACES ?? 1);
const PLACES = ALL_PLACES.filter((_, i) => i % STRIDE === 0);
const MOST_WORK = 100;
const MINUTES = 600_000;

const worked = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
/** The least of three tries: code that is compiled and memory that is swept meanwhile are not what is asked about. */
async function workOf(place: TextPlace, text: string, aliases: number): Promise<number> {
  const { query, variables } = place.request(text, aliases);
  const { token } = place.surface === 'staff' ? world.seats.admin : world.seats.customer;
  const headers: Record<string, string> = place.operation === 'subscription' ? { accept: 'text/event-stream' } : {};
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3 && least > MOST_WORK && (tries === 0 || least < 5 * MOST_WORK); tries++) {
    const body = JSON.stringify({ query, variables });
    const before = worked();
    await asked(body, { ...bearer(token), ...headers });
    least = Math.min(least, worked() - before);
  }
  return least;
}
async function asked(body: string, headers: Record<string, string>): Promise<void> {
  if (!headers.accept) return void (await post(server.url, body, headers));
  const left = new AbortController();
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: left.signal,
  });
  await response.body?.getReader().read();
  left.abort();
}

async function costsNothing(place: TextPlace, texts: readonly string[]): Promise<void> {
  for (const text of texts)
    for (const aliases of [1, 10])
      expect(await addedBy(place, text, aliases), `${aliases} × ${text.length} of ${JSON.stringify(text.slice(1, 12))}`).toBeLessThan(
        MOST_WORK,
      );
}
/** Ten mutations are work, whatever they are given: what is bounded is what a text adds to it. */
async function addedBy(place: TextPlace, text: string, aliases: number): Promise<number> {
  const work = await workOf(place, text, aliases);
  return work < MOST_WORK ? work : work - (await workOf(place, 'x', aliases));
}
/** Places that are told apart by what they take. */
const kinds = Map.groupBy(PLACES, ({ surface, operation, most }) => `${surface} ${operation} ${most}`);

describe('the worst texts', () => {
  it.each(PLACES.map((place) => [place.name, place.surface, place] as const))(
    'cost next to nothing at %s of the surface %s',
    (_, __, place) => costsNothing(place, [whole(MARKS), ...textsFor(place, MARKS).slice(2)]),
    MINUTES,
  );
  it.each([...kinds].map(([kind, places]) => [kind, places] as const))(
    'cost next to nothing, whatever they are made of: %s',
    async (_, places) => {
      for (const [i, piece] of OTHERS.entries())
        await costsNothing(places[i % places.length]!, textsFor(places[i % places.length]!, piece));
    },
    MINUTES,
  );

  it.each(['Int!', 'Boolean!', 'ID!', 'Cursor!', 'DateTime!', '[ContactList!]!'])(
    'cost nobody who is not signed in more than the words that %s cannot be made of them',
    async (type) => {
      for (const piece of [MARKS, ...OTHERS])
        for (const length of [BODY, 32_000]) {
          const body = JSON.stringify({ query: `query ($v: ${type}) { __typename }`, variables: { v: whole(piece).slice(1, length) } });
          const before = worked();
          expect((await post(server.url, body)).text.length).toBeLessThan(4_000);
          expect(worked() - before, piece).toBeLessThan(MOST_WORK);
        }
    },
  );
  it('are sent to every place', () => {
    expect(ALL_PLACES.length).toBeGreaterThan(250);
    for (const name of ['contacts(search)', 'DateTimeComparison.after', 'timeline(after)', 'AddContactInput.remark'])
      expect(ALL_PLACES.map(({ declared }) => declared)).toContain(name);
  });
  it('are as long as every place takes, because it says so', () => {
    const silent = EVERY_PLACE.filter(({ most, takesText }) => takesText && most === undefined);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
