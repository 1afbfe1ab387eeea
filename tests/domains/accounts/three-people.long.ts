import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { Telephones } from './phone-change.fixture.ts';
import { type Deed, Walk } from './three-people.fixture.ts';

let server: TestServer;
let organizations: readonly TestOrganization[];
let telephones: Telephones;
beforeAll(async () => {
  server = await startTestServer();
  telephones = new Telephones(server);
  organizations = [await server.organization(), await server.organization(), await server.organization()];
});
afterAll(() => server.stop());

const seat = fc.nat(20);
const number = fc.nat(2);
const moves = fc.record({
  deed: fc.constant('MOVES' as const),
  seat,
  to: number,
  isNew: fc.boolean(),
  isWhole: fc.nat(3).map((one) => one > 0),
});
const settles = fc.record({ deed: fc.constant('SETTLES' as const), which: fc.nat(5), choice: fc.nat(5) });
const hires = fc.record({
  deed: fc.constant('HIRES' as const),
  person: number,
  at: number,
  of: fc.nat(2),
  kind: fc.constantFrom('EMPLOYEE' as const, 'CONTACT' as const),
});
const leaves = fc.record({ deed: fc.constant('LEAVES' as const), seat });
const returns = fc.record({ deed: fc.constant('RETURNS' as const), seat });
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 8, arbitrary: moves },
  { weight: 4, arbitrary: settles },
  { weight: 3, arbitrary: hires },
  { weight: 2, arbitrary: leaves },
  { weight: 2, arbitrary: returns },
);

/** Two are at one number when a third organization gives it a seat: nobody knows whose. */
const GIVEN_TO_SEVERAL: Deed[] = [
  { deed: 'MOVES', seat: 0, to: 1, isNew: true, isWhole: true },
  { deed: 'HIRES', person: 0, at: 1, of: 2, kind: 'CONTACT' },
];

it('three people at three numbers in three organizations: nobody goes on with what was never theirs, nobody loses their own (spec 3.3, 3.7)', async () => {
  const done = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom([], GIVEN_TO_SEVERAL), fc.array(deeds, { minLength: 10, maxLength: 20 }), async (first, walk) => {
      const people = new Walk(server, telephones, organizations);
      const begins = (person: number, of: number, kind: 'EMPLOYEE' | 'CONTACT') => people.hires({ person, at: person, of, kind });
      await begins(0, 0, 'EMPLOYEE');
      await begins(1, 0, 'EMPLOYEE');
      await begins(2, 0, 'CONTACT');
      await begins(0, 1, 'CONTACT');
      await begins(1, 1, 'CONTACT');
      await begins(2, 1, 'EMPLOYEE');
      for (const deed of [...first, ...walk]) await people.does(deed);
      await people.isPutRight();
      for (const one of people.done) done.add(one);
    }),
    { numRuns: 16, seed: 20_261_130, endOnFailure: true },
  );
  expect(done).toEqual(new Set(['HIRES', 'MOVES', 'REACHES LESS', 'CLAIMS', 'STAYS', 'LEAVES', 'RETURNS', 'KEEP', 'CONVERT', 'EXCHANGE']));
});
