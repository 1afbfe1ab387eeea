import type { ColumnName, Table } from '../../database/table.ts';
import type { Role, Rule } from '../../permissions/rule.ts';
import { ofPlugin, partsOfPlugin } from '../../plugin-call/plugin-call.ts';
import type { Entity, Kind } from '../read/entity.ts';
import type { EntityRole } from '../read/entity-role.ts';
import { inheritedRoles } from '../read/inherited-way.ts';
import { DeclarationError } from './claims.ts';
import { type Declarations, fieldKey } from './declarations.ts';
import { declareEntity, type EntityOptions } from './entity-declaration.ts';
import { EntityFields } from './entity-fields.ts';
import type { FieldSpecs } from './field-spec.ts';
import type { InputFields } from './input.ts';
import type { MutationDefinition } from './mutation.ts';
import { RootFields } from './root-fields.ts';
import type { SubscriptionDefinition } from './subscription.ts';

/** One kind of an interface that is backed by a table. */
export interface KindOptions<T extends Table> {
  /** Word in the column that tells kinds apart. */
  readonly value: string;
  readonly description: string;
  /** A table of further columns, joined one to one; without it, `fields` reads the interface's own table. */
  readonly table?: T;
  readonly joinedBy?: ColumnName<T>;
  fields?(t: EntityFields<T>): FieldSpecs;
}

/** What a module declares its part of the schema through; core domains and plugins alike (spec 8.1). */
export class SchemaDoor {
  readonly #all: Declarations;
  readonly #module: string;
  readonly #isPlugin: boolean;
  /** Fields where a statement begins, for payloads. */
  readonly root: RootFields;
  constructor(all: Declarations, module: string, isPlugin: boolean) {
    this.#all = all;
    this.#module = module;
    this.#isPlugin = isPlugin;
    this.root = new RootFields(module, all);
  }

  /**
   * An object type backed by a table: declared once, with its columns, relations, rules and the visibility of its rows.
   * @throws DeclarationError where a name is taken, a field has no rule, or nobody could come to a row.
   *
   * @example
   * door.entity('Loan', {
   *   table: loans,
   *   description: 'A tool that is lent.',
   *   roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
   *   listedFor: [COLLEAGUE],
   *   fields: (t) => ({
   *     id: t.id({ description: 'Global id.', rule: lending.read }),
   *     tool: t.column('tool', { description: 'What is lent.', rule: lending.read }),
   *     contact: t.relation('Contact', 'contact_id', { description: 'Who has it.', rule: lending.read }),
   *   }),
   * });
   */
  entity<T extends Table>(name: string, options: EntityOptions<T>): void {
    const entity = declareEntity(this.#all, this.#module, name, options);
    const fields = options.fields(this.#fields(options.table, false));
    const isNode = options.interfaces?.includes('Node') || fields.id?.read?.reads === 'globalId';
    const interfaces = [...new Set([...(isNode ? ['Node'] : []), ...(options.interfaces ?? [])])];
    this.#all.type({ name, module: this.#module, description: options.description, isInterface: false, interfaces, entity }, fields);
  }

  /** An interface whose kinds share a table. @param kindColumn tells them apart. @param otherwise the type of rows whose kind no module knows. */
  entityInterface<T extends Table>(name: string, options: EntityOptions<T> & { kindColumn: ColumnName<T>; otherwise: string }): void {
    const entity = declareEntity(this.#all, this.#module, name, options, {
      column: options.kindColumn,
      otherwise: options.otherwise,
      byType: new Map(),
    });
    const interfaces = [...new Set(['Node', ...(options.interfaces ?? [])])];
    this.#all.type(
      { name, module: this.#module, description: options.description, isInterface: true, interfaces, entity },
      options.fields(this.#fields(options.table, false)),
    );
  }

  /** One kind of an interface. */
  entityKind<T extends Table>(name: string, of: string, options: KindOptions<T>): void {
    const entity = this.#entity(of);
    if (!entity.kinds)
      throw new DeclarationError(`${this.#module} declares ${name} as a kind of ${of}, which has no kinds`, 'declare it as an entity');
    const kind: Kind = { type: name, value: options.value, table: options.table, joinedBy: options.joinedBy, module: this.#module };
    this.#all.claim(`the kind ${options.value} of ${of}`, this.#module);
    entity.kinds.byType.set(name, kind);
    const fields = options.fields?.(this.#fields(options.table ?? (entity.table as T), options.table !== undefined)) ?? {};
    const parent = this.#all.types.get(of)!;
    this.#all.type(
      {
        name,
        module: this.#module,
        description: options.description,
        isInterface: false,
        interfaces: [of, ...parent.interfaces],
        entity,
        kind,
      },
      fields,
    );
  }

  /** Fields for a type of another module. */
  extend<T extends Table>(name: string, table: T, fields: (t: EntityFields<T>) => FieldSpecs): void {
    this.#all.addFields(name, this.#module, fields(this.#fields(table, false)));
  }
  /** Roles toward rows that belong to rows of another type, through a column that holds their ids: a line's readers are its order's. */
  rolesThrough(name: string, column: string, only?: readonly Role[]): EntityRole[] {
    return inheritedRoles(this.#entity(name), column, only);
  }
  /** A role toward the rows of a type of another module, or one more way to hold it. */
  contributeRole(name: string, role: EntityRole): void {
    const { roles } = this.#entity(name);
    this.#all.role(role.role, this.#module);
    const same = roles.findIndex((one) => one.role === role.role);
    if (same < 0) roles.push(role);
    else roles[same] = { ...roles[same]!, ...role, ways: [...roles[same]!.ways, ...role.ways] };
  }

  /** A type without a table: its values come from `computed` fields, payloads or plain resolvers. */
  object(name: string, description: string, fields: FieldSpecs, interfaces: readonly string[] = []): void {
    this.#all.type({ name, module: this.#module, description, isInterface: false, interfaces }, fields);
  }
  /** An interface without a table. */
  interface(name: string, description: string, fields: FieldSpecs, interfaces: readonly string[] = []): void {
    this.#all.type({ name, module: this.#module, description, isInterface: true, interfaces }, fields);
  }
  /** A view of an entity's row as a group of fields (`viewerCan`). */
  part<T extends Table>(name: string, description: string, table: T, fields: (t: EntityFields<T>) => FieldSpecs): void {
    this.object(name, description, fields(this.#fields(table, false)));
  }
  /** @param values each with its description. */
  enum(name: string, description: string, values: Readonly<Record<string, string>>): void {
    this.#all.enum(name, description, values, this.#module);
  }
  /** @param types of the schema, by name. */
  union(name: string, description: string, types: readonly string[]): void {
    this.#all.union(name, description, types, this.#module);
  }

  /**
   * Fields of `Query`.
   *
   * @example
   * door.query((t) => ({ loans: t.connection('Loan', loans, { description: 'All loans, newest first.', rule: lending.read }) }));
   */
  query(fields: (t: RootFields) => FieldSpecs): void {
    this.#all.addFields('Query', this.#module, fields(this.root));
  }
  /**
   * A mutation, with its input, its result union and its refusals.
   *
   * @example
   * door.mutation('lendTool', {
   *   description: 'Lends a tool.',
   *   rule: lending.lend,
   *   doesOnce: true,
   *   input: { contactId: input.id('Contact', 'Who gets it.'), tool: input.text('What is lent.') },
   *   success: (t) => ({ loan: t.fromSource('Loan', 'loan', { description: 'The loan.', rule: lending.read }) }),
   *   guard: (use: UseCase, { contactId }) => use.find('Contact', contactId),
   *   run: async (use, given) => ({ loan: await lendTool(use, given) }),
   * });
   */
  mutation<Use, Fields extends InputFields, Found>(name: string, definition: MutationDefinition<Use, Fields, Found>): void {
    this.#claimRoot('mutation', name, definition.rule);
    this.#all.inputObjects(definition.input, this.#module);
    const { guard, run } = definition as unknown as MutationDefinition;
    const own = { guard: guard && this.#own(guard), run: this.#own(run) };
    const named = { ...(definition as unknown as MutationDefinition), ...own, name, module: this.#module, isPlugin: this.#isPlugin };
    this.#all.mutations.push(named);
  }
  /**
   * A subscription; events reach it through `use.emit`: each the seat that it is addressed to, or those who can come to its subject.
   *
   * @example
   * door.subscription('loans', {
   *   description: 'Loans that you may read, live.',
   *   rule: lending.read,
   *   topic: loanEvents,
   *   event: 'LoansEvent',
   *   eventDescription: 'Something happened to a loan.',
   *   fields: (t) => ({ loan: t.fromSource('Loan', 'loanId', { description: 'The loan as it is now.', rule: lending.read }) }),
   *   stream: ({ organizationId }) => ({ stream: organizationId, payload: ({ subjectId }) => ({ loanId: subjectId }) }),
   * });
   */
  subscription(name: string, definition: SubscriptionDefinition): void {
    this.#claimRoot('subscription', name, definition.rule);
    this.#all.topic(definition.topic, `the subscription ${name}`, this.#module);
    const { allows, stream } = definition;
    const request: typeof stream = (seat, args) => (this.#isPlugin ? partsOfPlugin(this.#module, stream(seat, args)) : stream(seat, args));
    const own = { allows: allows && this.#own(allows), stream: this.#own(request) };
    this.#all.subscriptions.push({ ...definition, ...own, name, module: this.#module });
  }
  /** Further fields of a type's connection, which hang on the seat alone, such as `liveCursor`. */
  connectionFields<T extends Table>(type: string, table: T, fields: (t: EntityFields<T>) => FieldSpecs): void {
    for (const [name, spec] of Object.entries(fields(this.#fields(table, false)))) {
      const what = `the field ${type}Connection.${fieldKey(name, spec.surface)}`;
      this.#all.claim(what, this.#module);
      this.#all.cite(what, spec.rule, this.#module);
      this.#all.connectionFields.push({ type, name, spec, module: this.#module });
    }
  }

  #own<Code extends (...given: never[]) => unknown>(code: Code): Code {
    return this.#isPlugin ? ofPlugin(this.#module, code) : code;
  }
  #claimRoot(kind: 'mutation' | 'subscription', name: string, rule: Rule): void {
    this.#all.claim(`the ${kind} ${name}`, this.#module);
    this.#all.cite(`the ${kind} ${name}`, rule, this.#module);
  }

  #fields<T extends Table>(table: T, ofKind: boolean): EntityFields<T> {
    return new EntityFields<T>({ module: this.#module, table, ofKind, entity: (name) => this.#entity(name) });
  }
  #entity(name: string): Entity {
    return this.#all.entity(name);
  }
}
