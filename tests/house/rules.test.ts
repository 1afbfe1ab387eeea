import {
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { writeSchemaFiles } from '../../src/app/schema-files.ts';
import type { Rule } from '../../src/sdk/index.ts';
import { MODULES, SCHEMAS, SURFACES } from './built-schemas.ts';
import { readText } from './repository.files.ts';

type Surface = (typeof SURFACES)[number];
const FILE: Record<Surface, string> = { staff: 'schema.graphql', portal: 'schema.portal.graphql' };
const CALLERS: Record<Surface, readonly string[]> = { staff: ['EMPLOYEE', 'ANYBODY'], portal: ['CONTACT', 'ANYBODY'] };

type Field = { readonly type: string; readonly field: FieldDefinitionNode };
const fieldsOf = (document: DocumentNode): Field[] =>
  document.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (definition.fields ?? []).map((field) => ({ type: definition.name.value, field }))
      : [],
  );
/** `@auth` of a field as it is printed. */
const authOf = ({ directives = [] }: FieldDefinitionNode): { rule: string; roles: string[] } | undefined => {
  const args = directives.find(({ name }) => name.value === 'auth')?.arguments ?? [];
  const given = (name: string) => args.find((argument) => argument.name.value === name)?.value;
  const [named, roles] = [given('rule'), given('roles')];
  if (named?.kind !== Kind.STRING || roles?.kind !== Kind.LIST) return undefined;
  return { rule: named.value, roles: roles.values.map((role) => (role.kind === Kind.ENUM ? role.value : '')) };
};
const namesOf = (document: DocumentNode, type: string): string[] =>
  fieldsOf(document).flatMap((one) => (one.type === type ? [one.field.name.value] : []));

describe.each(SURFACES)('the printed schema of the %s', (surface) => {
  const document = parse(readText(FILE[surface]));

  it('has a rule on every field, made of roles that it knows', () => {
    const fields = fieldsOf(document);
    expect(fields.length).toBeGreaterThan(150);
    expect(fields.filter(({ field }) => !authOf(field)?.roles.length)).toEqual([]);
    const known = document.definitions.flatMap((one) =>
      one.kind === Kind.ENUM_TYPE_DEFINITION && one.name.value === 'Role' ? (one.values ?? []) : [],
    );
    const named = new Set(fields.flatMap(({ field }) => authOf(field)!.roles));
    expect([...named].filter((role) => !known.some(({ name }) => name.value === role))).toEqual([]);
  });
  it('prints the rules that are enforced', () => {
    for (const { type, field } of fieldsOf(document)) {
      const built = (SCHEMAS[surface].getType(type) as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields()[
        field.name.value
      ]!;
      const { name, roles } = built.extensions.rule as Rule;
      expect([type, field.name.value, authOf(field)]).toEqual([
        type,
        field.name.value,
        { rule: name, roles: roles.map((role) => role.name) },
      ]);
    }
  });
});

describe('what is committed', () => {
  it('is what the modules make now: both schemas and the table of permissions', () => {
    expect(writeSchemaFiles(MODULES, true)).toBe(true);
  });
  it('is not what other modules make', () => {
    const core = MODULES.filter(({ isPlugin }) => !isPlugin);
    expect(writeSchemaFiles(core, true)).toBe(false);
  });
});

describe('the portal', () => {
  const document = parse(readText(FILE.portal));
  const forms = document.definitions.flatMap((one) =>
    (one.kind === Kind.OBJECT_TYPE_DEFINITION || one.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
    (one.name.value === 'BusinessForm' || one.interfaces?.some(({ name }) => name.value === 'BusinessForm'))
      ? [one.name.value]
      : [],
  );

  it('has no list of contacts', () => {
    expect(namesOf(document, 'Query')).not.toContain('contacts');
    expect(namesOf(document, 'Query')).toContain('myForms');
    expect(namesOf(parse(readText(FILE.staff)), 'Query')).toContain('contacts');
  });
  it('tells nothing of the inside of a form', () => {
    expect(forms).toEqual(expect.arrayContaining(['BusinessForm', 'GeneralForm', 'Order']));
    for (const type of forms) {
      const names = namesOf(document, type);
      expect(names).toEqual(expect.arrayContaining(['customerState', 'customerStateSince', 'customerVersion']));
      expect(names.filter((name) => ['state', 'version', 'updatedAt', 'tasks', 'history', 'pausedReason'].includes(name))).toEqual([]);
    }
  });
  it('shows of an employee an id of its own and a name', () => {
    const types = document.definitions.flatMap((one) => ('name' in one && one.name ? [one.name.value] : []));
    expect(types.filter((name) => /Employee|FormTask|Department|FormHistory/.test(name))).toEqual(['EmployeeValue', 'PortalEmployee']);
    expect(namesOf(document, 'EmployeeValue').sort()).toEqual(['employee', 'field', 'text']);
    const who = fieldsOf(document).find(({ type, field }) => type === 'EmployeeValue' && field.name.value === 'employee');
    expect(who?.field.type).toMatchObject({ kind: Kind.NAMED_TYPE, name: { value: 'PortalEmployee' } });
    expect(namesOf(document, 'PortalEmployee').sort()).toEqual(['id', 'name']);
  });
});

const isComposite = (type: GraphQLNamedType) => isObjectType(type) || isInterfaceType(type);
const ruleOf = ({ extensions }: GraphQLField<unknown, unknown>): Rule => extensions.rule as Rule;
/** Roles of a surface's callers who come to an object and are refused a field of it. */
const refusedTo = (surface: Surface, id: Rule, { roles }: Rule): string[] =>
  roles.some(({ bearer }) => bearer === 'ANYBODY')
    ? []
    : id.roles.filter((role) => CALLERS[surface].includes(role.bearer) && !roles.includes(role)).map(({ name }) => name);

describe.each(SURFACES)('nullability for the %s', (surface) => {
  const types = Object.values(SCHEMAS[surface].getTypeMap()).filter(isComposite);

  it('allows for every refusal: where somebody sees the object and not the field, the field is nullable', () => {
    const guarded = types.flatMap((type) => {
      const { id, ...fields } = type.getFields();
      return id ? Object.values(fields).map((field) => ({ type, field, refused: refusedTo(surface, ruleOf(id), ruleOf(field)) })) : [];
    });
    const refusable = guarded.filter(({ refused }) => refused.length);
    const others = refusable.filter(({ refused }) => refused.some((role) => role !== 'CONTRACT_COUNTERSIGNER'));
    expect(others.length > 20).toBe(surface === 'staff'); // on the portal all that is shown is the caller’s own, but to who signs for others
    expect(refusable.filter(({ field }) => isNonNullType(field.type)).map(({ type, field }) => `${type}.${field.name}`)).toEqual([]);
  });
  it('allows for a plugin that is switched off: what it adds to others’ types is nullable', () => {
    const plugins = new Set(MODULES.filter(({ isPlugin }) => isPlugin).map(({ name }) => name));
    const order = types.find(({ name }) => name === 'Order')!;
    const own = Object.values(order.getFields()).filter(({ extensions }) => plugins.has(extensions.module as string));
    expect(own.length).toBeGreaterThan(2);
    expect(own.filter(({ type }) => isNonNullType(type))).toEqual([]);
  });
  it('allows for every mutation’s refusal, and for objects that are seen no more after it', () => {
    const { Mutation, Query } = Object.fromEntries(types.map((type) => [type.name, type]));
    expect(Object.values(Mutation!.getFields()).filter(({ type }) => isNonNullType(type))).toEqual([]);
    const root = Object.values(Query!.getFields()).filter(({ type }) => isNonNullType(type));
    expect(root.map(({ name }) => name)).toEqual(['nodes']); // its items are null
    const objects = types
      .filter(({ name }) => name.endsWith('Success'))
      .flatMap((type) =>
        Object.values(type.getFields()).filter(
          (field) => 'id' in ((getNamedType(field.type) as { getFields?(): object }).getFields?.() ?? {}),
        ),
      );
    expect(objects.length).toBeGreaterThan(1);
    expect(objects.filter(({ type }) => isNonNullType(type))).toEqual([]);
  });
});
