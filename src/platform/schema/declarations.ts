import type { Role, Rule } from '../permissions/rule.ts';
import type { Entity, Kind } from '../read/entity.ts';
import type { Registration, RegistrationPoint } from '../write/service.ts';
import { Claims, DeclarationError } from './claims.ts';
import { typeTag } from './global-id.ts';
import type { NamedMutation } from './mutation.ts';
import { checkPrefix } from './prefixes.ts';
import type { Topic } from './subscription.ts';

/** A type that a table stands behind: an entity, an interface with kinds, or one of the kinds. */
export interface TypeDeclaration {
  readonly module: string;
  readonly isInterface: boolean;
  readonly interfaces: readonly string[];
  readonly entity: Entity;
  readonly kind?: Kind;
}
/** What modules have declared that Pothos does not keep, or that one may not take from another. */
export class Declarations {
  readonly types = new Map<string, TypeDeclaration>();
  readonly mutations: NamedMutation[] = [];
  readonly entities = new Map<string, Entity>();
  readonly roles = new Map<string, Role>();
  /** Admin rights by their words, each with what it is for. */
  readonly rights = new Map<string, string>();
  readonly #topics = new Map<string, Topic>();
  readonly #rules = new Map<string, Rule>();
  readonly #plugins: ReadonlySet<string>;
  readonly #claims = new Claims();
  readonly #registrations: readonly Registration[];
  /**
   * @param plugins names of the modules that are plugins: what these add to names that all share carries their prefix
   * @param registrations of all modules
   */
  constructor(plugins: ReadonlySet<string> = new Set(), registrations: readonly Registration[] = []) {
    this.#plugins = plugins;
    this.#registrations = registrations;
  }

  registered<Entry>(point: RegistrationPoint<Entry>): readonly Entry[] {
    return this.#registrations.filter((one) => one.point === point).map(({ entry }) => entry as Entry);
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
  /** @throws where two modules have one of this name, or a plugin's does not carry its prefix */
  right(name: string, description: string, module: string): void {
    if (!RIGHT.test(name)) throw new DeclarationError(`${name} is no name of an admin right`, 'use capitals, digits and underscores');
    if (this.#plugins.has(module)) checkPrefix('right', name, module);
    this.claim(`the admin right ${name}`, module);
    this.rights.set(name, description);
  }
  claimType(name: string, module: string): void {
    if (!NAME.test(name)) throw new DeclarationError(`${name} is no name of a GraphQL type`, 'use letters, digits and underscores');
    this.claim(`the type ${name}`, module);
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
    if (rule.right !== undefined && !this.rights.has(rule.right))
      throw new DeclarationError(`its rule ${rule.name} names the admin right ${rule.right}, which nobody declares`, 'add it to `rights`');
  }
  /** @throws where a plugin would decide who bears a role that is not its own */
  mayAddTo({ name }: Role, module: string): void {
    if (this.#plugins.has(module)) checkPrefix('role', name, module);
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

  /** @throws where a topic is about what no table stands behind */
  checkTopics(): void {
    for (const { type } of this.#topics.values()) this.entity(type);
  }
}

const RIGHT = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const NAME = /^(?!__)[A-Za-z_][A-Za-z0-9_]*$/;

/** Rules that follow from a type, such as who can reach it, are made anew wherever they are needed. */
const isSame = (one: Rule, other: Rule): boolean =>
  one === other ||
  (one.right === other.right &&
    one.whole === other.whole &&
    one.roles.length === other.roles.length &&
    one.roles.every((role, i) => role === other.roles[i]));
