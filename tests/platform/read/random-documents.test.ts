import { isObjectType } from 'graphql';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { comparable } from '../../support/naive/comparison.ts';
import { knowsField, knowsType } from '../../support/naive/entities.ts';
import { naiveAnswer, naiveSchema } from '../../support/naive/executor.ts';
import { KnownValues } from '../../support/naive/values.ts';
import { Random, seedOf } from '../../support/random.ts';
import { randomDocument } from '../../support/random-document.ts';
import { type Asker, type RandomOrganization, randomOrganization } from '../../support/random-organization.ts';

// Random documents, asked by every kind of seat, are answered as resolvers answer them that read plain rows: `DOCUMENTS` draws more of them,
// `ASKED` asks each of them more often.

const DOCUMENTS = Number(process.env.DOCUMENTS ?? 20);
const SEED = seedOf(20260601);
const ASKED = Number(process.env.ASKED ?? 2);
const NOW = new Date('2026-06-01T08:00:00.000Z');
const SWITCH_OFF = 'mutation { switchPlugin(input: { plugin: "ordering", enabled: false }) { __typename } }';

let server: TestServer;
let client: pg.Client;
let organizations: RandomOrganization[];

beforeAll(async () => {
  server = await startTestServer({ now: () => NOW, limits: { errors: 100_000 } });
  client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  const random = new Random(SEED);
  const open = await randomOrganization(server, client, random, { now: NOW, contacts: 30 });
  const finish = ({ admin }: TestOrganization) => admin.does(SWITCH_OFF);
  const suspended = await randomOrganization(server, client, random, { now: NOW, contacts: 8, certification: 'BASIC', finish });
  organizations = [open, suspended];
});
afterAll(async () => {
  await client?.end();
  await server?.stop();
});

async function compare(surface: 'staff' | 'portal', kind: Asker['naive']['kind'], count: number, seed: number): Promise<void> {
  const random = new Random(seed);
  const schema = server.runtime.schemas[surface];
  const plain = naiveSchema(schema);
  const values = organizations.map((one, i) => new KnownValues(random, [one.rows, organizations[1 - i]!.rows]));
  for (let n = 0; n < count; n++) {
    const made = randomDocument(schema, random, values[0]!);
    for (let asked = 0; asked < ASKED; asked++) {
      const { askers, rows } = organizations[random.chance(0.8) ? 0 : 1]!;
      const { seat, naive } = random.pick(askers.filter((one) => one.naive.kind === kind));
      const variables = made.variables();
      const expected = await naiveAnswer(plain, made.document, variables, { rows, seat: naive, now: NOW });
      const answer = await seat.ask(made.text, variables);
      const where = `seed ${SEED}, document ${n}, ${seat.name}, ${JSON.stringify(variables)}\n${made.text}`;
      const [is, shouldBe] = [comparable(answer), comparable(JSON.parse(JSON.stringify({ errors: [], ...expected })))];
      expect(is, where).toEqual(shouldBe);
      expect(JSON.stringify(is), `the order of fields: ${where}`).toBe(JSON.stringify(shouldBe));
    }
  }
}

describe('the naive side', () => {
  /** What is other at each reading, and the differences of versions, which `designing.test.ts` asks for. */
  const NOT_COMPARED = ['liveCursor', 'changes', 'printUrl'];
  it('can answer every field of the types that it knows', () => {
    const { staff, portal } = server.runtime.schemas;
    const fields = [staff, portal].flatMap((schema) =>
      Object.values(schema.getTypeMap()).flatMap((type) =>
        knowsType(type.name) && isObjectType(type) ? Object.keys(type.getFields()).map((name) => [type.name, name] as const) : [],
      ),
    );
    expect(fields.length).toBeGreaterThan(100);
    expect(
      fields.filter(([type, name]) => !NOT_COMPARED.includes(name) && !knowsField(type, name)).map(([type, name]) => `${type}.${name}`),
    ).toEqual([]);
  });
});

describe('random documents', () => {
  it('of employees', () => compare('staff', 'EMPLOYEE', Math.ceil(DOCUMENTS * 0.7), SEED), 3_600_000);
  it('of contacts', () => compare('portal', 'CONTACT', Math.floor(DOCUMENTS * 0.3), SEED + 1), 3_600_000);
});
