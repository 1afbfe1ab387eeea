import { type GraphQLSchema, GraphQLSchema as Schema } from 'graphql';
import { PUBLIC, publicRule } from '../../permissions/rule.ts';
import { readField } from '../read/reader.ts';
import { badRequest } from '../read/refusal.ts';
import { SCALARS } from '../scalars.ts';
import { makeBuilder } from './builder.ts';
import { DeclarationError } from './claims.ts';
import { connectionTypes } from './connection-types.ts';
import type { Declarations, TypeDeclaration } from './declarations.ts';
import { directivesOf, enumOf } from './directives.ts';
import { written } from './entity-fields.ts';
import type { FieldSpec } from './field-spec.ts';
import { FilterTypes } from './filter-types.ts';
import { type InputFields, type InputObject, parseFields } from './input.ts';
import { patient } from './plugin-field.ts';
import { type FieldConfig, type FieldMaker, type LooseBuilder, loosely, type Ref } from './pothos.ts';
import { reachableOnly } from './reachable-types.ts';
import { type ShownFields, shownTypes } from './shown-types.ts';
import type { Surface } from './surface.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];
const BUILT_IN = ['String', 'Int', 'Float', 'Boolean', 'ID'];
const resolveType = (value: unknown): unknown => (value as Record<string, unknown>)['@type'];

/** Writes declarations down as the schema of one surface. */
export class SchemaWriter {
  readonly #all: Declarations;
  readonly #surface: Surface;
  readonly #plugins: ReadonlySet<string>;
  readonly #builder: LooseBuilder = loosely(makeBuilder());
  readonly #refs = new Map<string, Ref>(BUILT_IN.map((name) => [name, name]));
  readonly #shown: Map<string, ShownFields>;
  readonly #filters: FilterTypes;

  constructor(all: Declarations, surface: Surface, plugins: ReadonlySet<string>) {
    this.#all = all;
    this.#surface = surface;
    this.#plugins = plugins;
    connectionTypes(all);
    this.#shown = shownTypes(all, surface);
    this.#filters = new FilterTypes(this.#builder, (name) => this.#ref(name), surface);
  }

  build(): GraphQLSchema {
    for (const scalar of SCALARS) this.#scalar(scalar);
    for (const { name, description, values } of this.#all.enums.values()) {
      const described = Object.fromEntries(Object.entries(values).map(([word, meaning]) => [word, { description: meaning }]));
      this.#refs.set(name, this.#builder.enumType(name, { description, values: described }));
    }
    for (const type of this.#all.types.values()) if (this.#shown.has(type.name) && !ROOTS.includes(type.name)) this.#makeRef(type);
    for (const { name, description, types } of this.#all.unions.values()) {
      const shown = types.filter((type) => this.#shown.has(type)).map((type) => this.#ref(type));
      if (shown.length) this.#refs.set(name, this.#builder.unionType(name, { description, types: shown, resolveType }));
    }
    for (const type of this.#all.types.values()) if (this.#shown.has(type.name)) this.#implement(type);
    const schema = this.#builder.toSchema({ sortSchema: false });
    const role = enumOf(schema, 'Role')!;
    const directives = directivesOf({ Role: role, AdminRight: enumOf(schema, 'AdminRight') });
    return new Schema({ ...reachableOnly(schema).toConfig(), directives });
  }

  #scalar({ name, description, specifiedByURL, parse, serialize }: (typeof SCALARS)[number]): void {
    const options = {
      description,
      specifiedByURL,
      serialize,
      parseValue: parse,
    };
    this.#refs.set(name, this.#builder.scalarType(name, options));
  }

  #ref(name: string): Ref {
    const ref = this.#refs.get(name);
    if (ref) return ref;
    const input = this.#all.inputs.get(name);
    if (input) return this.#input(input);
    throw new DeclarationError(`no module declares the type ${name}`, 'declare it, or name the module that does in `needs`');
  }

  #typed(type: string): Ref | readonly [Ref] {
    const item = type.replaceAll(/[[\]?]/g, '');
    return type.startsWith('[') ? [this.#ref(item)] : this.#ref(item);
  }

  #makeRef({ name, isInterface }: TypeDeclaration): void {
    this.#refs.set(name, isInterface ? this.#builder.interfaceRef(name) : this.#builder.objectRef(name));
  }

  #implement(type: TypeDeclaration): void {
    const { name, description } = type;
    const fields = (t: FieldMaker): Record<string, object> =>
      Object.fromEntries(
        [...this.#shown.get(name)!].map(([field, { spec, module }]) => [field, t.field(this.#field(type, spec, module, t))]),
      );
    const interfaces = type.interfaces.filter((of) => this.#shown.has(of)).map((of) => this.#ref(of));
    if (name === 'Query') this.#builder.queryType({ description, fields });
    else if (name === 'Mutation') this.#builder.mutationType({ description, fields });
    else if (name === 'Subscription') this.#builder.subscriptionType({ description, fields });
    else if (type.isInterface) this.#builder.interfaceType(this.#ref(name), { description, interfaces, resolveType, fields });
    else this.#builder.objectType(this.#ref(name), { description, interfaces, fields });
  }

  #field(type: TypeDeclaration, spec: FieldSpec, module: string, t: FieldMaker): FieldConfig {
    const plugin = this.#plugins.has(module) && type.name !== 'Mutation' ? module : undefined;
    const refusable = this.#mayBeRefused(type, spec, module);
    const nullable = spec.nullable || refusable;
    const semantic = !spec.nullable && refusable ? { directives: { semanticNonNull: {} } } : {};
    return {
      type: this.#typed(spec.type),
      nullable: spec.type.endsWith('?]') ? { list: nullable, items: true } : nullable,
      description: spec.description,
      deprecationReason: spec.deprecationReason,
      args: this.#args(spec, t),
      extensions: {
        rule: spec.rule,
        module,
        plugin,
        read: spec.read,
        structural: spec.structural,
        fromStatement: isRead(spec),
        ...semantic,
      },
      ...this.#resolving(spec, plugin),
    };
  }

  /** @param plugin whose field it is; a mutation answers PluginDisabled by itself, and has the time of its transaction */
  #resolving(spec: FieldSpec, plugin: string | undefined): Pick<FieldConfig, 'authScopes' | 'resolve' | 'subscribe'> {
    const resolve = isRead(spec) ? spec.resolve : withParsedArgs(spec);
    const scopes = { ...(spec.rule === publicRule ? {} : { rule: spec.rule }), ...(plugin === undefined ? {} : { plugin }) };
    return {
      ...(isWritten(spec) || Object.keys(scopes).length === 0 ? {} : { authScopes: { $all: scopes } }),
      resolve: plugin === undefined || isRead(spec) ? resolve : patient(plugin, resolve),
      ...(spec.subscribe ? { subscribe: withParsedArgs({ args: spec.args, resolve: spec.subscribe }) } : {}),
    };
  }

  /** Whether somebody may reach the object and be refused the field: then it is nullable, whatever its author says (api 1). */
  #mayBeRefused({ entity, kind, module: owner }: TypeDeclaration, { rule: { roles } }: FieldSpec, module: string): boolean {
    if (this.#plugins.has(module) && (kind !== undefined || module !== owner)) return true;
    if (!entity) return false;
    const caller = this.#surface.name === 'staff' ? 'EMPLOYEE' : 'CONTACT';
    if (roles.includes(PUBLIC)) return false;
    return entity.reachableFor.some((role) => (role.bearer === caller || role.bearer === 'ANYBODY') && !roles.includes(role));
  }

  #args({ args = {}, argDefaults = {}, pageOf }: FieldSpec, t: FieldMaker): Record<string, object> {
    const own = Object.entries(args).map(([name, { type, required, description }]) => [
      name,
      t.arg({
        type: this.#typed(type),
        required: required && argDefaults[name] === undefined,
        description,
        defaultValue: argDefaults[name],
      }),
    ]);
    return { ...Object.fromEntries(own), ...(pageOf ? this.#filters.pageArguments(t, this.#all.entity(pageOf)) : {}) };
  }

  #input({ name, description, fields }: InputObject): Ref {
    const ref = this.#builder.inputRef(name);
    this.#refs.set(name, ref);
    return ref.implement({ description, fields: (t) => this.#inputFields(t, fields) });
  }
  #inputFields(t: FieldMaker, fields: InputFields): Record<string, object> {
    return Object.fromEntries(
      Object.entries(fields).map(([field, { type, required, description }]) => [
        field,
        t.field({ type: this.#typed(type), required, description }),
      ]),
    );
  }
}

/** Fields that are not SQL get their arguments as use cases do: ids as UUIDs, text trimmed. */
function withParsedArgs({ args, resolve }: Pick<FieldSpec, 'args' | 'resolve'>): unknown {
  if (!args || !resolve || Object.keys(args).length === 0) return resolve;
  const run = resolve as (source: unknown, args: unknown, context: unknown, info: unknown) => unknown;
  return (source: unknown, given: Record<string, unknown>, context: unknown, info: unknown) => {
    const parsed = parseFields(args, given, [], ({ path, message }) => {
      throw badRequest(`${path.join('.')}: ${message}`);
    });
    return run(source, { ...given, ...parsed }, context, info);
  };
}

/** Decided by the row's statement, or leads on to what is. */
const isWritten = ({ resolve, structural }: FieldSpec): boolean => resolve === written || structural === true;
/** The value is what a statement wrote, as it is. */
const isRead = (spec: FieldSpec): boolean => isWritten(spec) || spec.resolve === readField;
