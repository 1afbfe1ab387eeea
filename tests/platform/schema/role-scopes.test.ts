import type { GraphQLField, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadModules } from '../../../src/app/module-loader.ts';
import { DOMAINS } from '../../../src/app/modules.ts';
import { buildSchemas } from '../../../src/app/schemas.ts';
import { VERSION } from '../../../src/app/version.ts';
import type { Seat } from '../../../src/platform/permissions/seat.ts';
import { parseTree } from '../../../src/platform/read/refusal.ts';
import { scopeOf } from '../../../src/platform/schema/role-scopes.ts';
import { COLLEAGUE, defineModule, OWNER, OWNERS_SUPERVISOR, type Role, rule, types } from '../../../src/sdk/index.ts';

const KEEPER: Role = { name: 'SHELF_KEEPER', bearer: 'EMPLOYEE', description: 'Who keeps it.' };
const keep = rule('shelf.keep', { roles: [OWNER, KEEPER], description: 'The owner and the keeper.' });
const seen = rule('shelf.seen', { roles: [COLLEAGUE], description: 'Every employee.' });
let schema: GraphQLSchema;
let resolved: string[];

beforeAll(() => {
  const shelf = defineModule({
    name: 'shelf',
    version: '1.0.0',
    description: 'Fields for tests.',
    guichet: `^${VERSION}`,
    needs: ['contacts'],
    rules: [keep, seen],
    types: (builder) =>
      builder.entityFields(types.Contact, (t) => ({
        shelf: t.string({
          description: 'Where it stands.',
          rule: keep,
          nullable: true,
          needs: ['id'],
          resolve: ({ id }) => {
            resolved.push(id);
            return `on the shelf of ${id}`;
          },
        }),
        ownShelf: t.string({
          description: 'Where it stands, for those with another role besides.',
          rule: seen,
          nullable: true,
          authScopes: { admin: { ...keep, right: 'CONTACTS' } },
          needs: ['id'],
          resolve: () => 'here',
        }),
      })),
  });
  schema = buildSchemas(loadModules(DOMAINS, [shelf], VERSION)).staff;
});
beforeEach(() => {
  resolved = [];
});

const field = (name: string): GraphQLField<unknown, unknown> => (schema.getType('Contact') as GraphQLObjectType).getFields()[name]!;
const shown = (name: string): object =>
  (field(name).extensions as { pothosOptions: { authScopes: { $any: object } } }).pothosOptions.authScopes.$any;
const employee = (rights: [string, 'ALL'][] = []): Seat => ({
  id: '01900000-0000-7000-8000-000000000001',
  organizationId: '01900000-0000-7000-8000-000000000002',
  kind: 'EMPLOYEE',
  rights: new Map(rights),
  traits: new Set(),
  pluginsOff: new Set(),
});
/** As the executor resolves a field of a row that a statement wrote. */
const ask = async (name: string, row: string, seat: Seat = employee(), stopped: readonly string[] = []): Promise<unknown> => {
  const of = field(name);
  const context = { seat, stopped: new Set(stopped), withinTime: <T>(work: Promise<T>) => work };
  const parentType = schema.getType('Contact');
  return of.resolve!(parseTree(row), {}, context, { path: { key: name }, fieldName: name, parentType } as never);
};
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    ({ extensions }) => extensions.code,
  );

describe('scopes of a built field', () => {
  it('are the roles of its rule, by name', () => {
    expect(Object.keys(shown('phone'))).toEqual(
      ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHAREE', 'EXTERNAL'].map((name) => scopeOf({ name } as Role)),
    );
    expect(scopeOf(OWNERS_SUPERVISOR)).toBe('ownersSupervisor');
  });
  it('have those of modules among them', () => expect(Object.keys(shown('shelf'))).toEqual(['owner', 'shelfKeeper']));
  it('leave a field on the statement’s answer; an author’s further ones take it off', () => {
    expect(field('phone').extensions.fromStatement).toBe(true);
    expect(field('ownShelf').extensions.fromStatement).toBe(false);
  });
});

describe('a row that a statement wrote', () => {
  it('is read where its mask has a role of the rule', async () => {
    await expect(ask('phone', '{"phone":"+8613900000001"}')).resolves.toBe('+8613900000001');
    await expect(ask('shelf', '{"shelf":{"id":"one"}}')).resolves.toBe('on the shelf of one');
  });
  it('is refused by scope-auth where its mask lacks them all: the resolver never runs', async () => {
    await expect(codeOf(ask('phone', '{"phone":\u0001}'))).resolves.toBe('FORBIDDEN');
    await expect(codeOf(ask('shelf', '{"shelf":\u0001}'))).resolves.toBe('FORBIDDEN');
    expect(resolved).toEqual([]);
  });
  it('is refused where the plugin of the field is off, and to a seat that can hold none of the roles', async () => {
    await expect(codeOf(ask('shelf', '{"shelf":{"id":"one"}}', employee(), ['shelf']))).resolves.toBe('PLUGIN_DISABLED');
    await expect(codeOf(ask('shelf', '{"shelf":{"id":"one"}}', { ...employee(), kind: 'CONTACT' }))).resolves.toBe('FORBIDDEN');
    expect(resolved).toEqual([]);
  });
  it('is held to what the author asks besides', async () => {
    await expect(codeOf(ask('ownShelf', '{"ownShelf":{"id":"one"}}'))).resolves.toBe('FORBIDDEN');
    await expect(ask('ownShelf', '{"ownShelf":{"id":"one"}}', employee([['CONTACTS', 'ALL']]))).resolves.toBe('here');
    await expect(codeOf(ask('ownShelf', '{"ownShelf":\u0001}', employee([['CONTACTS', 'ALL']])))).resolves.toBe('FORBIDDEN');
  });
});
