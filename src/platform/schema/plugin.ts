import SchemaBuilder, {
  BasePlugin,
  type PothosEnumValueConfig,
  type PothosInputFieldConfig,
  type PothosOutputFieldConfig,
  type PothosTypeConfig,
  type SchemaTypes,
} from '@pothos/core';
import { type GraphQLFieldResolver, type GraphQLSchema, GraphQLSchema as Schema } from 'graphql';
import { takenArguments } from '../input/argument-texts.ts';
import { type InputField, parseFields } from '../input/input.ts';
import { bounded } from '../input/input-bounds.ts';
import { type Language, type Text, textIn } from '../language/language.ts';
import { PUBLIC, type Rule } from '../permissions/rule.ts';
import { readField } from '../read/reader.ts';
import { badRequest } from '../read/refusal.ts';
import { DeclarationError } from './claims.ts';
import { resolveType } from './declaring.ts';
import { directivesOf, enumOf } from './directives.ts';
import { written } from './entity-columns.ts';
import type { GuichetExtensions, GuichetOptions, InputExtensions, LooseStore } from './plugin.types.ts';
import { patient } from './plugin-field.ts';
import { reachableOnly } from './reachable-types.ts';
import { type FieldScopes, fieldScopes } from './role-scopes.ts';
import { extensionsOf, type FieldConfig, onSurface, ShownFields } from './shown-fields.ts';
import { isShown, STAFF, type Surface } from './surface.ts';

const NAME = 'guichet';
type Resolve = GraphQLFieldResolver<unknown, object, object>;

/**
 * Turns declarations into the schema of one surface: what a surface may not name is left out, every field has a rule, which `@auth` prints
 * and scope-auth enforces as far as it hangs on the seat; what hangs on the row is the statement's.
 */
export class GuichetPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  readonly #surface: Surface = this.options.surface ?? STAFF;
  #shown!: ShownFields;

  override beforeBuild(): void {
    const store = this.builder.configStore as unknown as LooseStore;
    store.prepareForBuild();
    this.#shown = new ShownFields(store, this.#surface);
  }

  override onTypeConfig(config: PothosTypeConfig): PothosTypeConfig {
    const { declarations } = this.builder.options.guichet;
    if (config.kind === 'Enum' && config.extensions?.late)
      return { ...config, values: (config.extensions.late as () => object)() } as never;
    if (config.kind === 'Union')
      return {
        ...config,
        resolveType: config.resolveType ?? resolveType,
        types: config.types.filter((type) => this.#shown.has(this.#shown.nameOf(type))),
      };
    if (config.kind !== 'Object' && config.kind !== 'Interface') return config;
    const isHere = this.#shown.has(config.name);
    const interfaces = isHere ? config.interfaces.filter((type) => this.#shown.has(this.#shown.nameOf(type))) : [];
    for (const other of interfaces) {
      const name = this.#shown.nameOf(other);
      if (!declarations.types.get(name)?.entity) this.#shown.checkInherited(config.name, name);
    }
    // of several interfaces with one field Pothos takes the last one's: a type without a table must not speak for one that has one
    const hasTable = (of: unknown): number => Number(declarations.types.get(this.#shown.nameOf(of))?.entity !== undefined);
    const written = config.kind === 'Interface' ? { resolveType: config.resolveType ?? resolveType } : {};
    return { ...config, ...written, interfaces: [...interfaces].sort((one, other) => hasTable(one) - hasTable(other)) };
  }

  override onInputFieldConfig(config: PothosInputFieldConfig<Types>): PothosInputFieldConfig<Types> | null {
    const { shownFor } = (config.extensions ?? {}) as InputExtensions;
    return shownFor && !shownFor.some((rule) => isShown(this.#surface, rule)) ? null : bounded(config);
  }

  override onEnumValueConfig(config: PothosEnumValueConfig<Types>): PothosEnumValueConfig<Types> | null {
    const { shownFor } = (config.extensions ?? {}) as InputExtensions;
    return shownFor && !shownFor.some((rule) => isShown(this.#surface, rule)) ? null : config;
  }

  override onOutputFieldConfig(original: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> | null {
    const place = `${original.parentType}.${original.name}`;
    const config = onSurface(original as unknown as FieldConfig, this.#surface);
    if (!config || !this.#shown.has(original.parentType, original.name)) return null;
    const { rule } = config.pothosOptions;
    if (!rule) throw new DeclarationError(`${place} has no rule`, 'name one: without it nobody is admitted');
    const own = extensionsOf(config);
    const { module = 'core' } = own;
    if (own.read && 'entity' in own.read) own.read.entity(); // that a table stands behind what it leads to
    // of an interface without a table it only says what its types have: who reads it is theirs to say
    const structural = own.structural ?? (config.graphqlKind === 'Interface' && !this.#shown.entityOf(config.parentType)?.entity);
    const plugin = this.builder.options.guichet.plugins.has(module) && config.parentType !== 'Mutation' ? module : undefined;
    // an inherited field is as its interface has it: also where the kind is a plugin's
    const refusable = this.#mayBeRefused(original.declaringType ?? original.parentType, rule, module);
    const semantic = !config.type.nullable && refusable ? { semanticNonNull: {} } : {};
    const auth = { rule: rule.name, roles: rule.roles.map(({ name }) => name), ...(rule.right ? { right: rule.right } : {}) };
    const isWritten = structural || config.resolve === written;
    const isRead = isWritten || config.resolve === (readField as unknown);
    const stands = isWritten ? 'value' : own.unwraps ? 'row' : 'alone';
    const { authScopes: more } = config.pothosOptions as { authScopes?: FieldScopes };
    const authScopes = structural ? more : fieldScopes({ rule, plugin, stands, more });
    const extensions = {
      ...config.extensions,
      rule,
      module,
      plugin,
      read: own.read,
      structural,
      fromStatement: isRead && more === undefined,
      directives: { ...own.directives, ...semantic, auth },
    };
    return {
      ...config,
      type: { ...config.type, nullable: config.type.nullable || refusable },
      pothosOptions: { ...config.pothosOptions, authScopes },
      extensions,
    } as unknown as PothosOutputFieldConfig<Types>;
  }

  override wrapResolve(resolve: Resolve, config: PothosOutputFieldConfig<Types>): Resolve {
    const { fromStatement, plugin, unwraps } = config.extensions as { fromStatement?: boolean; plugin?: string } & GuichetExtensions;
    if (fromStatement) return resolve;
    const own = unwraps ? unwrapping(resolve) : resolve;
    const parsed = withParsedArgs(config as unknown as FieldConfig, own);
    return plugin === undefined ? parsed : (patient(plugin, parsed) as Resolve);
  }
  override wrapSubscribe(subscribe: Resolve | undefined, config: PothosOutputFieldConfig<Types>): Resolve | undefined {
    return subscribe && withParsedArgs(config as unknown as FieldConfig, subscribe);
  }

  override afterBuild(schema: GraphQLSchema): GraphQLSchema {
    const directives = directivesOf({ Role: enumOf(schema, 'Role')!, AdminRight: enumOf(schema, 'AdminRight') });
    return new Schema({ ...reachableOnly(schema).toConfig(), directives });
  }

  /** Whether somebody may reach the object and be refused the field: then it is nullable, whatever its author says (api 1). */
  #mayBeRefused(type: string, { roles }: Rule, module: string): boolean {
    const { entity, kind, module: owner } = this.#shown.entityOf(type) ?? { module: undefined };
    if (this.builder.options.guichet.plugins.has(module) && (kind !== undefined || (owner !== undefined && module !== owner))) return true;
    if (!entity || roles.includes(PUBLIC)) return false;
    const caller = this.#surface.name === 'staff' ? 'EMPLOYEE' : 'CONTACT';
    return entity.reachableFor.some((role) => (role.bearer === caller || role.bearer === 'ANYBODY') && !roles.includes(role));
  }
}

const unwrapping =
  (resolve: Resolve): Resolve =>
  (source, args, context, info) =>
    resolve(written(source, args, context, info), args, context, info) as never;

/** Fields that are not SQL get their arguments as use cases do: ids as UUIDs, text trimmed; others as statements do. */
function withParsedArgs({ args }: FieldConfig, resolve: Resolve): Resolve {
  if (Object.keys(args).length === 0) return resolve;
  const inputs = Object.entries(args).flatMap(([name, { extensions }]): [string, InputField<unknown>][] => {
    const { input } = (extensions ?? {}) as InputExtensions;
    return input ? [[name, input]] : [];
  });
  const fields = Object.fromEntries(inputs);
  return (source, given, context, info) => {
    const taken = takenArguments(info.parentType.getFields()[info.fieldName]!, given as Record<string, unknown>, fields);
    const parsed = parseFields(fields, taken, [], ({ path, message }) => {
      throw badRequest(within(path, message));
    });
    return resolve(source, { ...taken, ...parsed }, context, info);
  };
}
const within = (path: readonly string[], message: Text): Text => {
  const said = (language: Language): string => `${path.join('.')}: ${textIn(message, language)}`;
  return { en: said('en'), 'zh-CN': said('zh-CN') };
};

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      guichet: GuichetPlugin<Types>;
    }
    export interface SchemaBuilderOptions<Types extends SchemaTypes> {
      guichet: GuichetOptions;
    }
    export interface BuildSchemaOptions<Types extends SchemaTypes> {
      /** Whose schema is made. */
      surface?: Surface;
    }
    export interface FieldOptions {
      /** Who may read it; without one nothing builds. `@auth`, scope-auth and the statement are written from it. */
      rule: Rule;
      /** The field stands on this surface alone. */
      surface?: Surface['name'];
    }
  }
}
SchemaBuilder.registerPlugin(NAME, GuichetPlugin);
export default NAME;
