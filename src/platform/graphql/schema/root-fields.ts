import type { Table } from '../../database/table.ts';
import type { Seat } from '../../permissions/seat.ts';
import { readGlobalId } from '../global-id.ts';
import type { ConditionInputs, Entity, ListScope, ReadField } from '../read/entity.ts';
import { readField } from '../read/reader.ts';
import { badRequest } from '../read/refusal.ts';
import { type RowHandle, type Sql, sql } from '../read/sql.ts';
import type { Described } from './entity-fields.ts';
import type { FieldSpec } from './field-spec.ts';
import type { InputFields } from './input.ts';

const MOST_NODES = 100;

type WhichRequest = Parameters<Extract<ReadField, { reads: 'any' }>['which']>[0];
/** The entities that modules have declared, by their types and by the tags of their ids. */
interface Entities {
  entity(name: string): Entity;
  entityOfTag(tag: string): Entity | undefined;
}
type WithArgs = { readonly args?: InputFields; readonly argDefaults?: Readonly<Record<string, unknown>> };
type Where<T extends Table> = (row: RowHandle<T>, inputs: ConditionInputs) => Sql;

/** Fields where a statement begins: of Query, and of payloads of mutations and subscriptions. */
export class RootFields {
  readonly #module: string;
  readonly #all: Entities;
  constructor(module: string, all: Entities) {
    this.#module = module;
    this.#all = all;
  }

  /** The object of a type that a condition finds; null where there is none that the seat can see. */
  one<T extends Table>(
    type: string,
    _table: T,
    options: Described & WithArgs & { where: Where<T>; proves?: ListScope['proves']; absentToo?: boolean },
  ): FieldSpec {
    const { where, proves, absentToo } = options;
    return this.#field(type, options, {
      reads: 'row',
      entity: () => this.#all.entity(type),
      where: where as ListScope['where'],
      proves,
      absentToo,
      nullable: true,
    });
  }

  /** The object whose UUID a payload holds under `property`. */
  fromSource(type: string, property: string, options: Described & { absentToo?: boolean }): FieldSpec {
    const entity = (): Entity => this.#all.entity(type);
    const where: ListScope['where'] = (row, { source }) =>
      sql`${(row as Record<string, Sql>)[entity().key]!} = ${source(property, 'uuid')}`;
    const field = this.#field(type, options, { reads: 'row', entity, where, absentToo: options.absentToo, nullable: true });
    return { ...field, fromSource: { type, property } };
  }

  /**
   * A page of a type's rows. `listedBy` names the roles by which rows are found: without it every row that can be reached is listed.
   * `check` refuses, before anything is planned, what the seat may not ask for.
   */
  connection<T extends Table>(
    type: string,
    _table: T,
    options: Described &
      WithArgs & { where?: Where<T>; check?(seat: Seat, args: Readonly<Record<string, unknown>>): void } & Pick<
        ListScope,
        'listedBy' | 'absentToo' | 'proves' | 'order'
      >,
  ): FieldSpec {
    const { where, listedBy, absentToo, proves, order, check } = options;
    const scope: ListScope = { where: where as ListScope['where'], listedBy, absentToo, proves, order, atMost: 100 };
    const field = this.#field(`${type}Connection`, options, { reads: 'connection', entity: () => this.#all.entity(type), scope, check });
    return { ...field, pageOf: type };
  }

  /** All of a few rows. */
  list<T extends Table>(
    type: string,
    _table: T,
    options: Described & WithArgs & { where?: Where<T>; atMost: number } & Pick<ListScope, 'order' | 'listedBy' | 'proves'>,
  ): FieldSpec {
    const { where, atMost, order, listedBy, proves } = options;
    const scope: ListScope = { where: where as ListScope['where'], order, listedBy, proves, atMost };
    return this.#field(`[${type}]`, options, { reads: 'list', entity: () => this.#all.entity(type), scope });
  }

  /** An object whose type hangs on the request, such as `viewer` and `node(id:)`. Without a seat it is null where its rule admits anybody. */
  any(
    type: string,
    options: Described & WithArgs & { which(request: WhichRequest): { readonly type: string; readonly uuid: string } | undefined },
  ): FieldSpec {
    const which: Extract<ReadField, { reads: 'any' }>['which'] = (request) => {
      const found = options.which(request);
      return found && { entity: this.#all.entity(found.type), uuid: found.uuid };
    };
    return this.#field(type, options, { reads: 'any', which });
  }
  /** Any object by its global id, in the argument `id`. */
  node(options: Described & WithArgs): FieldSpec {
    const which = ({ args }: WhichRequest): { type: string; uuid: string } | undefined => {
      const found = readGlobalId(args.id);
      const entity = found && this.#all.entityOfTag(found.tag);
      return entity && { type: entity.name, uuid: found.uuid };
    };
    return this.any('Node', { ...options, which });
  }

  /** Any objects by their global ids, in the argument `ids`; null in the place of those that the seat cannot see. */
  nodes(options: Described & WithArgs): FieldSpec {
    const asked = (args: Readonly<Record<string, unknown>>): readonly string[] => {
      const ids = args.ids as readonly string[];
      if (ids.length > MOST_NODES) throw badRequest(`At most ${MOST_NODES} ids, please; these are ${ids.length}.`);
      return ids;
    };
    const entityOfTag = (tag: string): Entity | undefined => this.#all.entityOfTag(tag);
    const resolve: typeof readField = async (source, args, context, info) => {
      const ids = asked(args as Record<string, unknown>);
      if (!context.seat) return ids.map(() => null);
      const found = (await readField(source, args, context, info)) as { id: string; object: unknown }[];
      const byId = new Map(found.map(({ id, object }) => [id, object]));
      return ids.map((id) => byId.get(id) ?? null);
    };
    return { ...this.#field('[Node?]', options, { reads: 'several', ids: asked, entityOfTag }), nullable: false, resolve };
  }

  /** A field that is not SQL. Its rule is checked against the seat before it runs. */
  plain<Source, Context>(
    type: string,
    options: Described &
      WithArgs & { nullable?: boolean; resolve(source: Source, args: Record<string, unknown>, context: Context): unknown },
  ): FieldSpec {
    const { description, rule, surface, args, argDefaults, nullable = true, resolve } = options;
    return { type, nullable, description, rule, surface, args, argDefaults, resolve };
  }

  #field(type: string, options: Described & WithArgs, read: Record<string, unknown> & { reads: ReadField['reads'] }): FieldSpec {
    const { description, rule, surface, args, argDefaults, deprecationReason } = options;
    const described = { ...read, rule, module: this.#module } as unknown as ReadField;
    return { type, nullable: true, description, rule, surface, args, argDefaults, deprecationReason, resolve: readField, read: described };
  }
}
