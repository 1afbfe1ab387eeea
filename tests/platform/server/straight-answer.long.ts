import { type ExecutionResult, execute, getOperationAST, parse } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GraphContext, requestContext, type SignedIn } from '../../../src/app/context.ts';
import { takeVariables } from '../../../src/platform/documents/index.ts';
import { answerStraight } from '../../../src/platform/server/straight-answer.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { KnownValues } from '../../support/naive/values.ts';
import { Random, seedOf } from '../../support/random.ts';
import { randomDocument } from '../../support/random-document.ts';
import { type RandomOrganization, randomOrganization } from '../../support/random-organization.ts';

// What a statement's text answers by itself is, to the places of its errors, what the executor puts together.

const SEED = seedOf(7);
const DOCUMENTS = 60;
const NOW = new Date('2026-06-01T08:00:00.000Z');
let server: TestServer;
let client: pg.Client;
let organization: RandomOrganization;
beforeAll(async () => {
  server = await startTestServer({ now: () => NOW });
  client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  organization = await randomOrganization(server, client, new Random(SEED), { now: NOW, contacts: 20 });
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

function contextFor(signedIn: SignedIn): GraphContext {
  const { reads, performer, switchboard, stopped, patience, now } = server.runtime;
  const follow = () => Promise.reject(new Error('Nothing is followed here.'));
  return requestContext(
    { reads, performer, switchboard, stopped, patience, now, forget: () => {}, reportFault: () => {}, follow },
    { signedIn, language: 'en', address: '' },
  );
}
/** As a client sees it; the order of errors means nothing. */
function plain(result: ExecutionResult): unknown {
  const { errors, ...rest } = JSON.parse(JSON.stringify(result)) as { errors?: object[] };
  return errors ? { ...rest, errors: errors.map((error) => JSON.stringify(error)).sort() } : rest;
}

/** @returns both answers; the first is undefined where the executor is needed. */
async function bothWays(seat: TestSeat, surface: 'staff' | 'portal', text: string, variables: Record<string, unknown>) {
  const schema = server.runtime.schemas[surface];
  const document = parse(text);
  const signedIn = (await server.runtime.seats.signedIn(seat.token!))!;
  const straight = await answerStraight({
    schema,
    document,
    operation: getOperationAST(document)!,
    variables: takeVariables(schema, getOperationAST(document)!, variables).values!,
    context: contextFor(signedIn),
  });
  const executed = plain(await execute({ schema, document, variableValues: variables, contextValue: contextFor(signedIn) }));
  return { straight: straight && (straight.result ? plain(straight.result) : JSON.parse(straight.text)), executed };
}

it.each(['staff', 'portal'] as const)(
  'random documents of the %s are answered alike',
  async (surface) => {
    const random = new Random(SEED);
    const values = new KnownValues(random, [organization.rows]);
    const askers = organization.askers.filter(({ naive }) => naive.kind === (surface === 'staff' ? 'EMPLOYEE' : 'CONTACT'));
    const counted = { straight: 0, refused: 0 };
    // those that are refused something are few on the portal: drawn until there is one
    for (let n = 0; n < DOCUMENTS || (counted.refused === 0 && n < 20 * DOCUMENTS); n++) {
      const made = randomDocument(server.runtime.schemas[surface], random, values);
      const { seat } = random.pick(askers);
      const { straight, executed } = await bothWays(seat, surface, made.text, made.variables());
      if (!straight) continue;
      counted.straight += 1;
      if ((executed as ExecutionResult).errors) counted.refused += 1;
      expect(straight, `seed ${SEED}, document ${n}\n${made.text}`).toEqual(executed);
    }
    expect(counted.straight).toBeGreaterThan(DOCUMENTS / 30);
    expect(counted.refused).toBeGreaterThan(0);
  },
  60_000,
);

it.each([
  ['a computed field', '{ contacts { nodes { phoneFormatted } } }'],
  ['a field that is not read', '{ permissions { name } viewer { name } }'],
  ['introspection', '{ __schema { queryType { name } } }'],
  ['a root field that is included sometimes', 'query ($with: Boolean = true) { viewer @include(if: $with) { name } }'],
  ['objects by ids', '{ nodes(ids: []) { id } }'],
  ['a mutation', 'mutation { signOut { __typename } }'],
])('leaves %s to the executor', async (_, text) => {
  const schema = server.runtime.schemas.staff;
  const document = parse(text);
  const { seat } = organization.askers.find(({ naive }) => naive.kind === 'EMPLOYEE')!;
  const context = contextFor((await server.runtime.seats.signedIn(seat.token!))!);
  expect(await answerStraight({ schema, document, operation: getOperationAST(document)!, variables: {}, context })).toBeUndefined();
});

it('leaves whoever is not signed in to the executor', async () => {
  const schema = server.runtime.schemas.staff;
  const document = parse('query ($first: Int!) { contacts(first: $first) { nodes { name } } }');
  const operation = getOperationAST(document)!;
  const { seat } = organization.askers.find(({ naive }) => naive.kind === 'EMPLOYEE')!;
  const signedIn = (await server.runtime.seats.signedIn(seat.token!))!;
  const nobody = contextFor({ ...signedIn, seat: undefined });
  expect(await answerStraight({ schema, document, operation, variables: { first: 1 }, context: nobody })).toBeUndefined();
});
