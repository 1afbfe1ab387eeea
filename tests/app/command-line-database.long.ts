import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../src/testing/test-database.ts';
import { RawDatabase } from '../support/raw-database.ts';
import { runProgram } from '../support/run-program.ts';

// The commands that need a database, as processes, on a new one of the suite's PostgreSQL.

const NANSHAN = '01980000-0000-7000-8000-00000000000b';
let database: TestDatabase;
let owner: RawDatabase;
const run = (...args: string[]) => runProgram(args, { DATABASE_URL: database.url });
/** On a demo server: elsewhere the seats of demo organizations are closed. */
const onDemo = (...args: string[]) => runProgram(args, { DATABASE_URL: database.url, DEMO: '1' });

beforeAll(async () => {
  database = await createTestDatabase([]);
  owner = await RawDatabase.open(database.url);
});
afterAll(async () => {
  await owner.close();
  await database.drop();
});

describe('on a new database', () => {
  it('migrate --plan names what is missing, migrate does it, and then nothing is left', async () => {
    const planned = await run('migrate', '--plan', '--json');
    expect(planned.code).toBe(0);
    const steps: { module: string; name: string }[] = JSON.parse(planned.stdout);
    expect(steps).toContainEqual({ module: 'contacts', name: '0001-initial' });
    expect(await owner.rows('select from schema_migrations')).toEqual([]);

    const done = await run('migrate');
    expect([done.code, done.stderr]).toEqual([0, '']);
    expect(done.stdout.trim().split('\n')).toEqual(steps.map(({ module, name }) => `applied ${module}/${name}`));
    expect(await run('migrate', '--plan', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
  });

  it('seed makes the demo, and two at once make it once', async () => {
    const made = { code: 0, stdout: 'The demo organizations are there.\n' };
    expect(await Promise.all([run('seed'), run('seed', '--size', 'small')])).toMatchObject([made, made]);
    const twice = await owner.rows('select phone from identity.seats group by organization_id, phone having count(*) > 1');
    expect(twice).toEqual([]);
    expect(await owner.rows(`select from organizations where furnished_at is not null`)).toHaveLength(2);
  });

  it('token opens a session of a phone, and of the organization where it is named', async () => {
    const [plain, json, nobody] = await Promise.all([
      onDemo('token', '--phone', '138 0000 0003'),
      onDemo('token', '--phone', '+8613900000001', '--organization', NANSHAN, '--json'),
      onDemo('token', '--phone', '+8613800000003', '--organization', NANSHAN),
    ]);
    expect(plain).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[\w-]{43}\n$/) });
    expect(JSON.parse(json.stdout)).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/) });
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(nobody.stderr).toMatch(/guichet: No seat in this organization has this phone\.\n$/);
    const sessions = await owner.rows('select organization_id as id from identity.sessions');
    expect(sessions).toHaveLength(2);
    expect(sessions).toContainEqual({ id: NANSHAN });
  });

  it('explain tells how a query is answered for a phone, and leaves no session open', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'guichet-')), 'query.graphql');
    writeFileSync(file, 'query ($first: Int) { contacts(first: $first) { nodes { name phone } } }');
    const asked = ['explain', file, '--as', '+8613800000003', '--variables', '{"first": 2}'];
    const [page, json, wrong] = await Promise.all([onDemo(...asked), onDemo(...asked, '--json'), onDemo('explain', file, '--as', '12')]);
    expect(page).toMatchObject({ code: 0, stdout: expect.stringContaining('Statement 1, contacts') });
    expect(JSON.parse(json.stdout)).toMatchObject({ surface: 'staff', statements: [{ field: 'contacts' }], errors: [] });
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--as: this is no phone number') });
    const open = await owner.rows('select from identity.sessions where ended_at is null');
    expect(open).toHaveLength(2); // those of the tokens above
  });
});
