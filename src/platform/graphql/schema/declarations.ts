import type { Role, Rule } from '../../permissions/rule.ts';
import { typeTag } from '../global-id.ts';
import type { Entity, Kind } from '../read/entity.ts';
import { Claims, DeclarationError } from './claims.ts';
import type { FieldSpec, FieldSpecs } from './field-spec.ts';
import type { InputFields, InputObject } from './input.ts';
import type { NamedMutation } from './mutation.ts';
import { checkPrefix } from './prefixes.ts';
import type { NamedSubscription, Topic } from './subscription.ts';

/** An object or interface type, with the fields that modules gave it. */
export interface TypeDeclaration {
  readonly name: string;
  readonly module: string;
  readonly description: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  readonly fields: Map<string, { readonly module: string; readonly spec: FieldSpecs[string] }>;
  /** A table stands behind it. */
  readonly entity?: Entity;
  readonly kind?: Kind;
  /** It was declared with the builder: `fields` are those that the door added. */
  readonly isNative?: boolean;
}
export interface EnumDeclaration {
  readonly name: string;
  readonly description: string;
  readonly values: Readonly<Record<string, string>>;
}
export interface UnionDeclaration {
  readonly name: string;
  readonly description: string;
  readonly types: readonly string[];
}
/** All that modules have declared for one surface. Nothing is built before everything is declared. */
export class Declarations {
  readonly types = new Map<string, TypeDeclaration>();
  readonly enums = new Map<string, EnumDeclaration>();
  readonly unions = new Map<string, UnionDeclaration>();
  readonly inputs = new Map<string, InputObject>();
  readonly mutations: NamedMutation[] = [];
  /** Those that were declared with the builder. */
  readonly nativeMutations: NamedMutation[] = [];
  readonly subscriptions: NamedSubscription[] = [];
  readonly connectionFields: {
    readonly type: string;
    readonly name: string;
    readonly spec: FieldSpecs[string];
    readonly module: string;
  }[] = [];
  readonly entities = new Map<string, Entity>();
  readonly roles = new Map<string, Role>();
  readonly #topics = new Map<string, Topic>();
  readonly #rules = new Map<string, Rule>();
  readonly #plugins: ReadonlySet<string>;
  readonly #claims = new Claims();
  /** @param plugins names of the modules that are plugins: what these add to names that all share carries their prefix */
  constructor(plugins: ReadonlySet<string> = new Set()) {
    this.#plugins = plugins;
  }

  /** The entity behind a type, also where the type is one of its kinds. @throws where no module has declared one. */
  entity(name: string): Entity {
    const entity = this.entities.get(name) ?? this.types.get(name)?.entity;
    if (!entity)
      throw new DeclarationError(
        `no module has declared a type ${name} that is backed by a table`,
        'declare it, or name the module that does in `needs`',
      );
    return entity;
  }
  entityOfTag(tag: string): Entity | undefined {
    return [...this.entities.values()].find(({ name }) => typeTag(name).toString('hex') === tag);
  }

  /** @throws where two modules claim one name; the error names both. */
  claim(what: string, module: string): void {
    this.#claims.claim(what, module);
  }
  loads(module: string): void {
    this.#claims.loads(module);
  }
  claimType(name: string, module: string): void {
    if (!NAME.test(name)) throw new DeclarationError(`${name} is no name of a GraphQL type`, 'use letters, digits and underscores');
    this.claim(`the type ${name}`, module);
  }

  enum(name: string, description: string, values: Readonly<Record<string, string>>, module: string): void {
    this.claimType(name, module);
    this.enums.set(name, { name, description, values });
  }
  union(name: string, description: string, types: readonly string[], module: string): void {
    this.claimType(name, module);
    this.unions.set(name, { name, description, types });
  }

  type(declaration: Omit<TypeDeclaration, 'fields'>, fields: FieldSpecs): TypeDeclaration {
    this.claimType(declaration.name, declaration.module);
    const type: TypeDeclaration = { ...declaration, fields: new Map() };
    this.types.set(type.name, type);
    this.addFields(type.name, declaration.module, fields);
    return type;
  }

  addFields(typeName: string, module: string, fields: FieldSpecs): void {
    if (!this.types.has(typeName))
      throw new DeclarationError(
        `${module} gives fields to ${typeName}, which no module that it needs has declared`,
        'declare the type, or name the module that does in `needs`',
      );
    for (const [name, spec] of Object.entries(fields)) this.field(typeName, fieldKey(name, spec.surface), module, spec);
  }
  /** @param key name of the field, with its surface where it has one */
  field(typeName: string, key: string, module: string, spec: FieldSpec): void {
    const what = `the field ${typeName}.${key}`;
    if (!NAME.test(fieldName(key))) throw new DeclarationError(`${what} has no GraphQL name`, 'use letters, digits and underscores');
    this.claim(what, module);
    if (spec.structural !== true) this.cite(what, spec.rule, module);
    this.types.get(typeName)!.fields.set(key, { module, spec });
  }

  /** Notes that a module guards something by a rule. @throws where it has none, or names two modules that each have another of its name */
  cite(what: string, rule: Rule | undefined, module: string): void {
    if (!rule) throw new DeclarationError(`${what} has no rule`, 'name one: without it nobody is admitted');
    const known = this.#rules.get(rule.name);
    if (known && isSame(known, rule)) return;
    this.claim(`the rule ${rule.name}`, module);
    if (this.#plugins.has(module)) checkPrefix('rule', rule.name, module);
    this.#rules.set(rule.name, rule);
    for (const role of rule.roles) this.role(role, module);
  }
  /** Notes a role that a module uses. The first to use it is its owner. */
  role(role: Role, module: string): void {
    if (this.roles.get(role.name) === role) return;
    this.claim(`the role ${role.name}`, module);
    if (this.#plugins.has(module)) checkPrefix('role', role.name, module);
    this.roles.set(role.name, role);
  }

  /** Notes what a module's events are about: a topic has one owner, whose subscriptions and those of who was given it follow it. */
  topic(topic: Topic | undefined, what: string, module: string): void {
    if (!topic) throw new DeclarationError(`${what} has no topic, so nobody can be told`, 'name one: `topic(name, type)`');
    if (this.#topics.get(topic.name) === topic) return;
    this.claim(`the topic ${topic.name}`, module);
    this.#topics.set(topic.name, topic);
  }

  /** @throws where a field leads to a type that no table stands behind */
  checkTargets(): void {
    for (const { type } of this.#topics.values()) this.entity(type);
    for (const { fields } of this.types.values())
      for (const { spec } of fields.values()) if (spec.read && 'entity' in spec.read) spec.read.entity();
  }

  inputObjects(fields: InputFields, module: string): void {
    for (const { object } of Object.values(fields)) {
      if (!object || this.inputs.get(object.name) === object) continue;
      this.claimType(object.name, module);
      this.inputs.set(object.name, object);
      this.inputObjects(object.fields, module);
    }
  }
}

const NAME = /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/;

/** Rules that follow from a type, such as who can reach it, are made anew wherever they are needed. */
const isSame = (one: Rule, other: Rule): boolean =>
  one === other ||
  (one.right === other.right &&
    one.whole === other.whole &&
    one.roles.length === other.roles.length &&
    one.roles.every((role, i) => role === other.roles[i]));

/** One field may be declared apart for each surface: `owner` for staff and `owner@portal`. */
export const fieldKey = (name: string, surface: string | undefined): string => (surface ? `${fieldName(name)}@${surface}` : name);
export const fieldName = (key: string): string => key.replace(/@.*/, '');
