import { publicRule, type Rule } from '../../permissions/rule.ts';
import type { Entity } from '../read/entity.ts';
import { SCALARS } from '../scalars.ts';
import { DeclarationError } from '../schema/claims.ts';
import { reachRule, TOTAL_COUNT, TOTAL_COUNT_IS_EXACT } from '../schema/connection-types.ts';
import { type Declarations, fieldName, type TypeDeclaration } from '../schema/declarations.ts';
import { written } from '../schema/entity-fields.ts';
import type { FieldSpec } from '../schema/field-spec.ts';
import type { InputFields, InputObject } from '../schema/input.ts';
import { type FieldMaker, type LooseBuilder, loosely, type Ref } from '../schema/pothos.ts';
import type { Builder } from './builder.types.ts';
import { PageInputs } from './page-inputs.ts';

const resolveType = (value: unknown): unknown => (value as Record<string, unknown>)['@type'];
type FieldRefLike = object & {
  getConfig(name: string, type: object): { extensions?: object };
  updateConfig(change: (config: { extensions?: object }) => object): void;
};

/** Writes what was declared through the door, and what every type needs beside it, for all surfaces at once. One for each builder. */
export class Writing {
  readonly #all: Declarations;
  readonly #builder: LooseBuilder & {
    objectFields(name: string, fields: Fields): void;
    interfaceFields(name: string, fields: Fields): void;
  };
  readonly pages: PageInputs;
  readonly #inputs = new Set<string>();
  readonly #connections = new Set<string>();
  constructor(all: Declarations, builder: Builder) {
    this.#all = all;
    this.#builder = loosely(builder) as never;
    this.pages = new PageInputs(this.#builder);
    for (const { name, description, specifiedByURL, parse, serialize } of SCALARS)
      this.#builder.scalarType(name, { description, specifiedByURL, serialize, parseValue: parse });
    const root = { extensions: { guichet: { module: 'core' } } };
    this.#builder.queryType({ description: 'Everything that can be read.', ...root } as never);
    this.#builder.mutationType({ description: 'Everything that can be done.', ...root } as never);
    this.#builder.subscriptionType({ description: 'Everything that can be followed live.', ...root } as never);
  }

  /** Everything that came through the door; what was declared with the builder is there already. */
  writeDoor(): void {
    for (const { name, description, values } of this.#all.enums.values()) {
      const described = Object.fromEntries(Object.entries(values).map(([word, meaning]) => [word, { description: meaning }]));
      // fields of the builder are made when the schema is, and may bring roles of their own
      const late = (): object =>
        Object.fromEntries([...this.#all.roles.values()].map((role) => [role.name, { value: role.name, description: role.description }]));
      this.#builder.enumType(name, { description, values: described, ...(name === 'Role' ? { extensions: { late } } : {}) } as never);
    }
    for (const type of this.#all.types.values()) this.#type(type);
    for (const { name, description, types } of this.#all.unions.values())
      this.#builder.unionType(name, { description, types: [...types], resolveType });
  }

  #type(type: TypeDeclaration): void {
    const { name, description, isInterface, interfaces, entity, kind, module } = type;
    const fields: Fields = (t) => this.#fields(type, t);
    const roots: Record<string, string> = { Query: 'queryFields', Mutation: 'mutationFields', Subscription: 'subscriptionFields' };
    const options = { description, interfaces: [...interfaces], fields, extensions: { guichet: { entity, kind, module } } };
    if (roots[name]) (this.#builder as unknown as Record<string, (fields: Fields) => void>)[roots[name]]!(fields);
    else if (type.isNative && isInterface) this.#builder.interfaceFields(name, fields);
    else if (type.isNative) this.#builder.objectFields(name, fields);
    else if (isInterface) this.#builder.interfaceType(name, { ...options, resolveType });
    else this.#builder.objectType(name, options);
  }

  #fields({ fields }: TypeDeclaration, t: FieldMaker): Record<string, object> {
    const made: Record<string, FieldRefLike> = {};
    for (const [key, { spec, module }] of fields) {
      const name = fieldName(key);
      const ref = t.field(this.optionsOf(spec, module, t) as never) as FieldRefLike;
      made[name] = made[name] ? oneOnEach(made[name], ref) : ref;
    }
    return made;
  }

  optionsOf(spec: FieldSpec, module: string, t: FieldMaker): object {
    const { type, nullable, description, deprecationReason, rule, surface, resolve, subscribe, read, structural, pageOf } = spec;
    return {
      type: pageOf ? this.connection(this.#all.entity(pageOf), pageOf) : this.#typed(type),
      nullable: type.endsWith('?]') ? { list: nullable, items: true } : nullable,
      description,
      deprecationReason,
      rule,
      surface,
      args: this.#args(spec, t),
      resolve,
      subscribe,
      extensions: { module, read, structural, pageOf },
    };
  }

  argsOf(args: InputFields, t: FieldMaker): Record<string, object> {
    return this.#args({ args } as FieldSpec, t);
  }
  #args(
    { args = {}, argDefaults = {}, pageOf }: Pick<FieldSpec, 'args' | 'argDefaults' | 'pageOf'>,
    t: FieldMaker,
  ): Record<string, object> {
    const own = Object.entries(args).map(([name, input]) => [
      name,
      t.arg({
        type: this.#typed(input.type),
        required: input.required && argDefaults[name] === undefined,
        description: input.description,
        defaultValue: argDefaults[name],
        extensions: { input },
      } as never),
    ]);
    return { ...Object.fromEntries(own), ...(pageOf ? this.pages.pageArguments(t, this.#all.entity(pageOf)) : {}) };
  }

  #typed(type: string): Ref | readonly [Ref] {
    const item = type.replaceAll(/[[\]?]/g, '');
    this.input(item);
    return type.startsWith('[') ? [item] : item;
  }
  /** An input type that came through the door is written where it is first used. */
  input(name: string): void {
    const input = this.#all.inputs.get(name);
    if (!input || this.#inputs.has(name)) return;
    this.#inputs.add(name);
    this.#writeInput(input);
  }
  #writeInput({ name, description, fields }: InputObject): void {
    this.#builder.inputRef(name).implement({ description, fields: (t) => this.inputFields(t, fields) });
  }
  inputFields(t: FieldMaker, fields: InputFields): Record<string, object> {
    return Object.fromEntries(
      Object.entries(fields).map(([field, input]) => [
        field,
        t.field({
          type: this.#typed(input.type),
          required: input.required,
          description: input.description,
          extensions: { input },
        } as never),
      ]),
    );
  }

  connectionOf(name: string): string {
    return this.connection(this.#all.entity(name), name);
  }
  /** The connection of a type, with its edge: made where the first field pages through it (Relay; api 1). @returns its name */
  connection(entity: Entity, of: string = entity.name): string {
    const name = `${of}Connection`;
    if (this.#connections.has(name)) return name;
    this.#connections.add(name);
    this.#pageInfo();
    const { module } = entity;
    this.#all.claimType(`${of}Edge`, module);
    this.#all.claimType(name, module);
    const rule = reachRule(entity);
    const extensions = { guichet: { module } };
    const part = (type: Ref | readonly [Ref], description: string): FieldSpecLike => ({
      type,
      nullable: false,
      description,
      rule,
      resolve: written,
      extensions: { structural: true, module },
    });
    this.#builder.objectType(`${of}Edge`, {
      description: `One ${of} in a page, with its place.`,
      extensions,
      fields: (t: FieldMaker) => ({
        cursor: t.field(part('Cursor', 'The place of this object: pages go on after it or end before it.') as never),
        node: t.field(part(of, 'The object itself.') as never),
      }),
    } as never);
    this.#builder.objectType(name, {
      description: `A page of ${of} objects.`,
      extensions,
      fields: (t: FieldMaker) => ({
        edges: t.field(part([`${of}Edge`], 'The objects of the page with their places.') as never),
        nodes: t.field(part([of], 'The objects of the page.') as never),
        pageInfo: t.field(part('PageInfo', 'Where the page begins and ends, and whether the list goes on.') as never),
        totalCount: t.field(part('Int', TOTAL_COUNT) as never),
        totalCountIsExact: t.field(part('Boolean', TOTAL_COUNT_IS_EXACT) as never),
      }),
    } as never);
    for (const [surfaceless, refs] of this.#connectionFields(of))
      this.#builder.objectFields(name, (t) => ({
        [surfaceless]: refs.map((make) => make(t)).reduce((one, other) => oneOnEach(one as never, other as never)),
      }));
    return name;
  }
  #connectionFields(of: string): Map<string, ((t: FieldMaker) => object)[]> {
    const made = new Map<string, ((t: FieldMaker) => object)[]>();
    for (const { type, name, spec, module } of this.#all.connectionFields) {
      if (type !== of) continue;
      const field = fieldName(name);
      made.set(field, [...(made.get(field) ?? []), (t) => t.field(this.optionsOf(spec, module, t) as never)]);
    }
    return made;
  }
  #pageInfo(): void {
    if (this.#connections.has('PageInfo')) return;
    this.#connections.add('PageInfo');
    this.#all.claimType('PageInfo', 'core');
    const part = (type: string, nullable: boolean, description: string): FieldSpecLike => ({
      type,
      nullable,
      description,
      rule: publicRule,
      resolve: written,
      extensions: { structural: true, module: 'core' },
    });
    this.#builder.objectType('PageInfo', {
      description: 'Where a page begins and ends (Relay).',
      extensions: { guichet: { module: 'core' } },
      fields: (t: FieldMaker) => ({
        hasNextPage: t.field(part('Boolean', false, 'Whether the list goes on after this page.') as never),
        hasPreviousPage: t.field(part('Boolean', false, 'Whether the list has something before this page.') as never),
        startCursor: t.field(part('Cursor', true, 'Place of the first object.') as never),
        endCursor: t.field(part('Cursor', true, 'Place of the last object.') as never),
      }),
    } as never);
  }
}
type Fields = (t: FieldMaker) => Record<string, object>;
interface FieldSpecLike {
  readonly type: Ref | readonly [Ref];
  readonly nullable: boolean;
  readonly description: string;
  readonly rule: Rule;
  readonly resolve: unknown;
  readonly extensions: object;
}

/** Two fields of one name, each for a surface of its own, as one: the plugin chooses. */
export function oneOnEach(one: FieldRefLike, other: FieldRefLike): FieldRefLike {
  const parts = [one, other].map((ref) => ref.getConfig.bind(ref));
  one.getConfig = (name, type) => {
    const configs = parts.map((get) => get(name, type) as { pothosOptions: { surface?: string }; extensions?: object });
    const variants: Record<string, object> = {};
    for (const config of configs) {
      const { surface } = config.pothosOptions;
      if (!surface) throw new DeclarationError(`${name} is declared twice`, 'name the surface of each');
      variants[surface] = config;
    }
    return { ...configs[0]!, extensions: { ...configs[0]!.extensions, variants } };
  };
  return one;
}
