import { type GraphQLNamedType, type GraphQLObjectType, type GraphQLUnionType, getNamedType } from 'graphql';
import type { Role } from '../permissions/rule.ts';
import { mayEverHold } from '../permissions/seat.ts';
import { readGlobalId } from '../schema/global-id.ts';
import { globalIdSql, jsonList, jsonObject } from '../sql/json-sql.ts';
import type { Parameters } from '../sql/parameters.ts';
import { allOf, quoted, rowHandle, rowHandles, Sql, sql, tablesSql } from '../sql/sql.ts';
import { Access, type Row } from './access.ts';
import { conditionInputs } from './condition-inputs.ts';
import { asksForCount, asksForPageInfo, connectionSql } from './connections.ts';
import { type Entity, type Join, type ReadField, readOf } from './entity.ts';
import { FanOut } from './fan-out.ts';
import type { Inputs, Interview } from './interview.ts';
import { kindCondition, ListWriter, plannedSize } from './list-writer.ts';
import type { PageRequest } from './page-request.ts';
import { Pages } from './pages.ts';
import { REFUSED_SQL } from './refusal.ts';
import { Arguments, type DocumentParts, type Field, type Nodes, type Selection } from './selection.ts';

type Reading<Kind extends ReadField['reads']> = Extract<ReadField, { reads: Kind }>;
type Through = NonNullable<Join['through']>;

const onePast = ({ deep, cut }: PageRequest['limit']): PageRequest['limit'] => ({
  deep: deep + 1,
  cut: cut === String(deep) ? String(deep + 1) : `${cut} + 1`,
});

/** What is written of a row once it is found. */
interface ObjectWriter {
  readonly parts: DocumentParts;
  readonly interview: Interview;
  readonly parameters: Parameters;
  json(type: GraphQLNamedType, row: Row, nodes: Nodes): string;
  select(type: GraphQLObjectType, nodes: Nodes): Selection;
  handle(row: Row, ofKind: boolean | undefined): Record<string, Sql>;
  leftOut(module: string): string | undefined;
}

/** Writes where the rows of a field come from: one row, a few, a page of many. */
export class RowWriter {
  readonly access: Access;
  readonly fanOut = new FanOut();
  readonly #objects: ObjectWriter;
  readonly #lists: ListWriter;

  constructor(objects: ObjectWriter) {
    const { interview, parameters } = objects;
    this.#objects = objects;
    this.access = new Access(interview, parameters.seat);
    this.#lists = new ListWriter({ interview, parameters, access: this.access, pages: new Pages(this.access, parameters.seat) });
  }

  alias(): string {
    return `t${this.fanOut.source()}`;
  }
  /** A row that is found by an id, alone or among a few. */
  #row(entity: Entity, proven: readonly Role[] = []): Row {
    return { entity, alias: this.alias(), few: true, proven, wanted: [], questions: new Set() };
  }

  one(parent: Row | undefined, field: Field, read: Reading<'row'>, nodes: Nodes): string {
    const { interview, parameters } = this.#objects;
    const args = new Arguments(field, nodes[0]!);
    const type = getNamedType(field.type);
    const row = this.#row(read.entity(), read.proves);
    const handle = rowHandle(row.entity.table, row.alias);
    const through = read.join?.through ?? {};
    const conditions = [
      ...(read.join
        ? [read.join.on(this.#parentHandle(parent, read), handle, rowHandles(through)), ...tablesSql(through, parameters.seat).conditions]
        : []),
      ...(read.absentToo ? [] : this.#present(row)),
      ...kindCondition(row.entity, row.alias, type),
      ...(read.where ? [read.where(handle, conditionInputs(interview, parameters, args))] : []),
    ];
    return this.#single(row, type, nodes, conditions, through);
  }
  either(parent: Row | undefined, field: Field, { rows, ...read }: Reading<'either'>, nodes: Nodes): string {
    const found = rows.map((row) => this.one(parent, field, { ...read, ...row, reads: 'row', nullable: true }, nodes));
    return found.reduceRight((rest, row) => `coalesce(nullif(${row}, 'null'), ${rest})`);
  }
  #single(row: Row, type: GraphQLNamedType, nodes: Nodes, conditions: readonly Sql[], through: Through = {}): string {
    const json = this.#objects.json(type, row, nodes);
    return `coalesce((select ${json} from ${this.#found(row, conditions, through)} limit 1), 'null')`;
  }

  /** Rows of the organization that the conditions admit and the seat may reach, with their role masks. */
  #found(row: Row, conditions: readonly Sql[], through: Through = {}): string {
    const { entity, alias } = row;
    const { seat } = this.#objects.parameters;
    const reachable = this.access.reached(row);
    const tables = [...tablesSql(through, seat).tables, `${entity.table.name} ${alias}`].join(', ');
    const own = sql`${new Sql(`${alias}.organization_id`)} = ${seat.organization}`;
    return `${tables}${this.access.rolesJoin(row)} where ${allOf([own, ...conditions, ...(reachable ? [reachable] : [])]).text}`;
  }
  #present({ entity, alias }: Row): Sql[] {
    return entity.present ? [entity.present(rowHandle(entity.table, alias), this.#objects.parameters.seat)] : [];
  }

  any(field: Field, read: Reading<'any'>, nodes: Nodes): string {
    const { interview, parameters } = this.#objects;
    const args = new Arguments(field, nodes[0]!);
    const found = (inputs: Inputs): ReturnType<typeof read.which> =>
      read.which({ seat: inputs.seat, args: args.read(inputs), source: inputs.source });
    let entity: Entity | undefined;
    interview.ask(`which:${args.key}`, (inputs) => {
      entity = found(inputs)?.entity;
      return entity?.name ?? '';
    });
    const type = entity && this.#shownType(field, entity);
    if (!entity || !type) return `'null'`;
    const row = this.#row(entity);
    const id = parameters.use(`which:${args.key}`, 'uuid', (inputs) => found(inputs)?.uuid);
    return this.#single(row, type, nodes, [sql`${new Sql(`${row.alias}.${entity.idColumn}`)} = ${id}`, ...this.#present(row)]);
  }

  /** What a row names as the outcome of something, by its type: only what is there of it is looked for. */
  member(parent: Row, field: Field, { column, member }: Reading<'member'>, nodes: Nodes): string {
    const kept = `${parent.alias}.${column}`;
    const union = getNamedType(field.type) as GraphQLUnionType;
    const branches = union.getTypes().flatMap((type) => {
      const found = member(type.name);
      if (!found) return [];
      const name = quoted(type.name);
      const json = found.entity
        ? this.#named(found.entity, found.proves, type, `(${kept} ->> 'id')::uuid`, nodes)
        : `((${kept} -> 'values') || jsonb_build_object('@type', ${name}))::text`;
      return [`when ${name} then ${json}`];
    });
    return branches.length ? `case ${kept} ->> 'type' ${branches.join(' ')} else 'null' end` : `'null'`;
  }
  #named(entity: Entity, proves: readonly Role[] | undefined, type: GraphQLNamedType, id: string, nodes: Nodes): string {
    const row = this.#row(entity, proves);
    return this.#single(row, type, nodes, [new Sql(`${row.alias}.${entity.idColumn} = ${id}`), ...this.#present(row)]);
  }

  /** Objects in any order, each under its id; the resolver puts them in the order that was asked for. */
  several(field: Field, read: Reading<'several'>, nodes: Nodes): string {
    const { interview, parameters } = this.#objects;
    const args = new Arguments(field, nodes[0]!);
    const asked = (inputs: Inputs): { tag: string; uuid: string }[] => read.ids(args.read(inputs)).flatMap((id) => readGlobalId(id) ?? []);
    const tags = interview.ask(`tags:${args.key}`, (inputs) => [...new Set(asked(inputs).map(({ tag }) => tag))].sort().join());
    const size = interview.ask(`size:${args.key}`, (inputs) => plannedSize(asked(inputs).length));
    const parts = tags.split(',').flatMap((tag) => {
      const entity = read.entityOfTag(tag);
      const type = entity && this.#shownType(field, entity);
      if (!entity || !type) return [];
      const row = this.#row(entity);
      const uuids = parameters.use(`uuids:${args.key}:${tag}`, 'uuid[]', (inputs) =>
        asked(inputs).flatMap((one) => (one.tag === tag ? [one.uuid] : [])),
      );
      const id = new Sql(`${row.alias}.${entity.idColumn}`);
      const json = this.fanOut.within(size, () => this.#objects.json(type, row, nodes));
      const keyed = jsonObject([
        ['id', globalIdSql(entity.name, id.text)],
        ['object', json],
      ]);
      return [`(select string_agg(${keyed}, ',') from ${this.#found(row, [sql`${id} = any(${uuids})`, ...this.#present(row)])})`];
    });
    return parts.length ? jsonList(`concat_ws(',', ${parts.join(', ')})`) : `'[]'`;
  }

  /** What a row found by a global id is read as; undefined where this surface does not show its type: to its callers there is no such row. */
  #shownType(field: Field, entity: Entity): GraphQLNamedType | undefined {
    return entity.kinds ? getNamedType(field.type) : this.#objects.parts.schema.getType(entity.name);
  }

  list(parent: Row | undefined, field: Field, read: Reading<'list'>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const row: Row = { ...this.#row(read.entity(), read.scope.proves), few: false };
    const type = getNamedType(field.type);
    const { scope } = read;
    const limit = { deep: scope.atMost, cut: String(scope.atMost) };
    const whole = { parent: this.#parentHandle(parent, read), row, args, scope, limit, type };
    const { page } = this.#lists.page({ ...whole, name: field.name, backward: false, isWhole: true });
    if (row.proven.length === 0) row.proven = page.proven;
    const json = this.fanOut.within(limit.deep, () => this.#objects.json(type, row, nodes));
    const given = scope.inOrderOf?.(conditionInputs(this.#objects.interview, this.#objects.parameters, args));
    const orderBy = given ? `order by array_position(${given.text}, ${row.alias}.${row.entity.idColumn})` : page.orderBy;
    return `(select ${jsonList(`string_agg(json, ',')`)} from (select ${json} json from ${page.from}${this.access.rolesJoin(row)} ${orderBy}) rows)`;
  }

  connection(parent: Row | undefined, field: Field, read: Reading<'connection'>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const connection = getNamedType(field.type) as GraphQLObjectType;
    const row: Row = { ...this.#row(read.entity(), read.scope.proves), few: false };
    const { entity } = row;
    const type = getNamedType(connection.getFields().nodes!.type);
    const name = `${parent?.entity.name ?? 'Query'}.${field.name}`;
    const { backward, asked, bounded } = this.#lists.size(args, read.scope);
    const selected = this.#objects.select(connection, nodes);
    const oneMore = asksForPageInfo(selected);
    const limit = oneMore ? onePast(asked) : asked;
    this.fanOut.weigh({ ...this.#lists.effort(args, entity), counts: asksForCount(selected), ofParent: read.scope.join !== undefined });
    const { page, request, cursor } = this.#lists.page({
      parent: this.#parentHandle(parent, read),
      name,
      row,
      args,
      scope: read.scope,
      limit,
      type,
      backward,
      isWhole: false,
    });
    if (row.proven.length === 0) row.proven = page.proven;
    return connectionSql(connection, nodes, {
      select: (of, same) => this.#objects.select(of, same),
      node: (same) => this.fanOut.within(asked.deep, () => this.#objects.json(type, row, same)),
      cursor,
      count: () => this.#lists.count(request),
      extra: (name) => this.#extra(connection, name),
      size: asked.cut,
      oneMore,
      backward,
      bounded,
      orderBy: page.orderBy,
      from: () => `${page.from}${this.access.rolesJoin(row)}`,
    });
  }

  /** A further field of a connection, such as `liveCursor`: an expression over the seat alone, and so is its rule. */
  #extra(connection: GraphQLObjectType, name: string): string {
    const { interview, parameters, leftOut } = this.#objects;
    const read = readOf(connection.getFields()[name]!);
    if (read?.reads !== 'needs') throw new Error(`${connection.name}.${name} is not readable.`);
    const left = leftOut(read.module);
    if (left) return left;
    if (!interview.ask(`may:${read.rule.name}`, ({ seat }) => mayEverHold(read.rule, seat))) return REFUSED_SQL;
    return jsonObject(
      Object.entries(read.expressions).map(([key, write]) => [key, `coalesce(to_json(${write({}, parameters.seat).text})::text, 'null')`]),
    );
  }

  #parentHandle(parent: Row | undefined, { ofKind }: ReadField): Record<string, Sql> {
    return parent ? this.#objects.handle(parent, ofKind) : {};
  }
}
