import { readFileSync } from 'node:fs';
import { LockMode, raw } from '@mikro-orm/core';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../../src/platform/database/pool.ts';
import { APP_ROLE } from '../../../src/platform/database/server-roles.ts';
import { inReadOnlyTransaction, inSavepoint, inTransaction, type Transaction } from '../../../src/platform/database/transaction.ts';
import { uuidv7 } from '../../../src/platform/database/uuid.ts';
import { tenantEntity } from '../../../src/platform/entities/entity.ts';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';
import { Model } from '../../../src/platform/entities/model.ts';
import type { UseEntities } from '../../../src/platform/entities/use-entities.ts';
import { patientPool } from '../../../src/testing/patience.ts';
import { createTestDatabase, type TestDatabase } from '../../../src/testing/test-database.ts';
import { WatchedPool } from '../../support/watched-pool.ts';

const Organization = tenantEntity('organizations', (t) => ({ organizationId: t.organization(), name: t.text() }));
const Shelf = tenantEntity('shelves', (t) => ({ name: t.text() }));
const Tool = tenantEntity(
  'tools',
  (t) => ({
    version: t.version(),
    shelf: () => t.to(Shelf).ref(),
    name: t.text(),
    stock: t.bigint().default(0),
    at: t.timestamptz().nullable(),
    facts: t.json<unknown>().defaultRaw(`'{}'`),
  }),
  { indexes: { tools_name: { columns: ['name'], unique: true } } },
);
/** No module of this server lists it. */
const Stranger = tenantEntity('strangers', (t) => ({ name: t.text() }));
const ENTITIES = [Organization, Shelf, Tool];
const [HERE, THERE] = [uuidv7(), uuidv7()];

let database: TestDatabase;
let pool: pg.Pool;
let watched: WatchedPool;
let model: Model;
beforeAll(async () => {
  const { sql } = await nextMigration(ENTITIES.map(({ table }) => table));
  database = await createTestDatabase([{ module: 'entities', migrations: [{ name: '0001-initial', sql }] }]);
  pool = createPool({ ...patientPool, url: database.url, role: APP_ROLE, size: 4, onError: () => {} });
  watched = new WatchedPool(pool);
  model = new Model(ENTITIES);
  for (const organization of [HERE, THERE]) await use(async (em) => void em.create(Organization, { name: 'A' }), organization);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const use = <T>(work: (em: UseEntities, tx: Transaction) => Promise<T>, organization = HERE): Promise<T> =>
  inTransaction(pool, organization, (tx) => work(tx.entities(model), tx));
let names = 0;
const named = (): string => `tool ${++names}`;
/** A tool on a shelf of its own. */
const tool = (name = named()): Promise<{ id: string; shelf: string; name: string }> =>
  use(async (em) => {
    const shelf = em.create(Shelf, { name: `shelf of ${name}` });
    return { id: em.create(Tool, { shelf, name }).id, shelf: shelf.id, name };
  });

describe('entities', () => {
  it('are one object each, and lead to what they refer to', async () => {
    const { id, shelf, name } = await tool();
    await use(async (em) => {
      const found = await em.findOneOrFail(Tool, id);
      expect(await em.findOneOrFail(Tool, id)).toBe(found);
      expect([found.shelf.id, found.shelf.isInitialized()]).toEqual([shelf, false]);
      expect((await found.shelf.loadOrFail()).name).toBe(`shelf of ${name}`);
      expect(await em.find(Tool, { shelf: { name: `shelf of ${name}` } }, { populate: ['shelf'] })).toEqual([found]); // joined by MikroORM
    });
  });
  it('that were changed are written before they are asked for', async () => {
    const { id } = await tool();
    const name = named();
    await use(async (em) => {
      const found = await em.findOneOrFail(Tool, id);
      found.name = name;
      expect(await em.find(Tool, { name })).toEqual([found]);
    });
  });
  it('of another organization are not there', async () => {
    const { id, shelf } = await tool();
    await use(async (em) => {
      expect(await em.findOne(Tool, id)).toBe(null);
      expect(await em.find(Tool, { shelf: { id: shelf } }, { populate: ['shelf'] })).toEqual([]);
      expect(await em.count(Tool, { id })).toBe(0);
    }, THERE);
  });
  it('hold JSON as JSON, and what the database fills in', async () => {
    const id = await use(
      async (em) => em.create(Tool, { shelf: em.create(Shelf, { name: 'a' }), name: named(), facts: [{ a: 1 }], at: new Date(0) }).id,
    );
    const plain = await tool();
    await use(async (em, tx) => {
      const { rows } = await tx.client.query('select jsonb_typeof(facts) as kind from tools where id = any($1) order by id', [
        [id, plain.id],
      ]);
      expect(rows).toEqual([{ kind: 'array' }, { kind: 'object' }]);
      expect(await em.findOneOrFail(Tool, id)).toMatchObject({ facts: [{ a: 1 }], at: new Date(0), stock: 0, version: 1 });
    });
  });
  it('are removed', async () => {
    const { id } = await tool();
    await use(async (em) => void em.remove(await em.findOneOrFail(Tool, id)));
    expect(await use((em) => em.count(Tool, { id }))).toBe(0);
  });
  it('are not written by what reads only', async () => {
    const { id } = await tool();
    const reading = inReadOnlyTransaction(pool, HERE, async (tx) => {
      (await tx.entities(model).findOneOrFail(Tool, id)).stock = 1;
    });
    await expect(reading).rejects.toMatchObject({ code: '25006' });
  });
});

describe('what is written', () => {
  it('leaves as one statement with the commit, and names the organization, as each question does', async () => {
    const { id, shelf } = await tool();
    watched.forget();
    await use(async (em) => {
      const found = await em.findOneOrFail(Tool, id);
      found.stock = 4;
      em.create(Shelf, { name: 'another' });
      await em.find(Tool, { shelf: { name: 'x' } }, { populate: ['shelf'] });
      em.remove(await em.findOneOrFail(Tool, id));
      em.getReference(Shelf, shelf).name = 'renamed';
    });
    const sent = watched.statements.slice(2, -1);
    expect(sent.filter((text) => !text.includes('organization_id'))).toEqual([]);
    expect(sent[1]).toMatch(/^with w0 as \(insert into shelves .* w1 as \(update tools /s);
  });
  it('fails whole where one of it does', async () => {
    const { shelf, name } = await tool();
    const fresh = named();
    const failing = use(async (em) => {
      em.create(Tool, { shelf, name: fresh });
      em.create(Tool, { shelf, name });
    });
    await expect(failing).rejects.toMatchObject({ code: '23505', constraint: 'tools_name' });
    expect(await use((em) => em.count(Tool, { name: fresh }))).toBe(0);
  });
  it('in a savepoint that fails is undone and forgotten; the rest stands', async () => {
    const { id, shelf, name } = await tool();
    const fresh = named();
    await use(async (em, tx) => {
      const undone = inSavepoint(tx, async () => {
        (await em.findOneOrFail(Tool, id)).stock = 99;
        em.create(Tool, { shelf, name });
      });
      await expect(undone).rejects.toMatchObject({ code: '23505' });
      em.create(Tool, { shelf, name: fresh });
    });
    await use(async (em) => {
      expect(await em.findOneOrFail(Tool, id)).toMatchObject({ stock: 0, version: 1 });
      expect(await em.count(Tool, { name: fresh })).toBe(1);
    });
  });
  it('raises the version, and is refused where somebody else was first', async () => {
    const { id } = await tool();
    await use(async (em, tx) => {
      const found = await em.findOneOrFail(Tool, id);
      found.stock = 9;
      await tx.flush();
      expect(found.version).toBe(2);
      found.stock = 10;
    });
    expect(await use((em) => em.findOneOrFail(Tool, id))).toMatchObject({ version: 3, stock: 10 });
  });
  it('begins again where somebody else was first, and sees what they wrote', async () => {
    const { id } = await tool();
    const seen: number[] = [];
    const write = async (rivals: number): Promise<void> => {
      await use(async (em) => {
        const found = await em.findOneOrFail(Tool, id);
        seen.push(found.stock);
        found.stock += 100;
        if (seen.length <= rivals)
          await use(async (other) => {
            (await other.findOneOrFail(Tool, id)).stock += 1;
          });
      });
    };
    await write(1);
    expect(seen).toEqual([0, 1]);
    expect(await use((em) => em.findOneOrFail(Tool, id))).toMatchObject({ version: 3, stock: 101 });
    seen.length = 0;
    await expect(write(4)).rejects.toMatchObject({ code: '22012' });
    expect(seen).toEqual([101, 102, 103, 104]);
    expect(await use((em) => em.findOneOrFail(Tool, id))).toMatchObject({ version: 7, stock: 105 });
  });
  it('is tried again after a deadlock', async () => {
    const [a, b] = [await tool(), await tool()];
    const locked = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let attempts = 0;
    const both = (first: string, second: string, mine: number) =>
      use(async (em) => {
        attempts++;
        (await em.findOneOrFail(Tool, first, { lockMode: LockMode.PESSIMISTIC_WRITE })).stock += 1;
        locked[mine]!.resolve();
        await locked[1 - mine]!.promise;
        (await em.findOneOrFail(Tool, second, { lockMode: LockMode.PESSIMISTIC_WRITE })).stock += 1;
      });
    await Promise.all([both(a.id, b.id, 0), both(b.id, a.id, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect((await use((em) => em.find(Tool, { id: [a.id, b.id] }))).map(({ stock }) => stock)).toEqual([2, 2]);
  });
});

describe('what a use case is given of the entity manager', () => {
  const NEVER = [
    'getConnection',
    'getDriver',
    'getKysely',
    'getKnex',
    'execute',
    'raw',
    'createQueryBuilder',
    'qb',
    'fork',
    'transactional',
    'begin',
    'commit',
    'rollback',
  ];
  const NEITHER = [
    'nativeInsert',
    'nativeUpdate',
    'nativeDelete',
    'upsert',
    'upsertMany',
    'insert',
    'insertMany',
    'setFilterParams',
    'addFilter',
    'getTransactionContext',
  ];
  const ALSO = [
    'setTransactionContext',
    'resetTransactionContext',
    'getMetadata',
    'getUnitOfWork',
    'getContext',
    'getRepository',
    'config',
    'map',
    'merge',
    'stream',
    'clear',
    'constructor',
  ];
  it.each([...NEVER, ...NEITHER, ...ALSO])('has no %s', async (name) => {
    await use(async (em) => expect(Object.hasOwn(em, name)).toBe(false));
  });
  it('can be given nothing more', () => use(async (em) => expect(Object.isFrozen(em)).toBe(true)));
  it.each<[string, (em: UseEntities) => unknown]>([
    ['an entity that no module lists', (em) => em.find(Stranger, {})],
    [
      'one that is declared anew',
      (em) =>
        em.find(
          tenantEntity('tools', (t) => ({ name: t.text() })),
          {},
        ),
    ],
    ['the name of one', (em) => em.find('Tools' as never, {})],
    ['one to create that no module lists', (em) => em.create(Stranger, { name: 'x' })],
    ['a reference to such a one', (em) => em.getReference(Stranger, HERE)],
    ['questions without the organization', (em) => em.find(Tool, {}, { filters: false } as never)],
    ['another connection', (em) => em.findOne(Tool, HERE, { ctx: {} } as never)],
    ['another schema', (em) => em.findOne(Tool, HERE, { schema: 'identity' } as never)],
    ['SQL in a hint', (em) => em.find(Tool, {}, { hintComments: '*/ select 1' } as never)],
    ['SQL as a value', (em) => em.find(Tool, { name: raw('name') })],
    ['SQL as a condition', (em) => em.find(Tool, { [raw('true')]: 1 } as never)],
    ['SQL as an order', (em) => em.find(Tool, {}, { orderBy: { [raw('pg_sleep(1)')]: 'asc' } as never })],
  ])('does not take %s', async (_, work) => {
    await use(async (em) => {
      expect(() => work(em)).toThrow('entity manager');
    });
  });
});

describe('two servers in one process', () => {
  it('know each the entities of their own modules', async () => {
    const other = new Model([Organization, Shelf]);
    await inTransaction(pool, HERE, async (tx) => {
      expect(() => tx.entities(other).find(Tool, {})).toThrow('a loaded module lists');
      expect(await tx.entities(other).find(Shelf, { name: 'nowhere' })).toEqual([]);
    });
    expect(await use((em) => em.find(Tool, { name: 'nowhere' }))).toEqual([]);
  });
});

it('is written for this version of MikroORM: each method that is overridden, and each option that is turned off, is looked at again with the next', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const versions = Object.entries(manifest.dependencies).filter(([name]) => name.startsWith('@mikro-orm/'));
  expect(new Set(versions.map(([, version]) => version))).toEqual(new Set(['7.2.1']));
});
