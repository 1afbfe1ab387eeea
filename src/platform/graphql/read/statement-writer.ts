import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
} from 'graphql';
import type { Role } from '../../permissions/rule.ts';
import { readGlobalId } from '../global-id.ts';
import { Access, type Row } from './access.ts';
import { conditionInputs } from './condition-inputs.ts';
import { connectionSql } from './connections.ts';
import { cursorSql } from './cursors.ts';
import { type Entity, type Join, type ReadField, readOf } from './entity.ts';
import type { Inputs, Interview } from './interview.ts';
import { globalIdSql, jsonObject, jsonValue } from './json-sql.ts';
import { kindCondition, ListWriter } from './list-writer.ts';
import { Pages } from './pages.ts';
import { Parameters } from './parameters.ts';
import { limitExceeded, PLUGIN_OFF_SQL, REFUSED_SQL } from './refusal.ts';
import { Arguments, type DocumentParts, type Selection, selectionOf } from './selection.ts';
import { allOf, quoted, rowHandle, rowHandles, Sql, sql, tablesSql } from './sql.ts';
import { viewerAccessSql, viewerRolesSql } from './viewer.ts';

type Nodes = readonly FieldNode[];
type Field = GraphQLField<unknown, unknown>;

/** Objects that one root field may ask for, from page sizes multiplied down the tree (targets 2). */
export const MOST_ROWS = 10_000;

/** Writes one root field's selection as SQL. The organization, visibility and rules are put in here, not by the author of a field. */
export class StatementWriter {
  readonly parameters = new Parameters();
  readonly interview: Interview;
  readonly #parts: DocumentParts;
  readonly #access: Access;
  readonly #lists: ListWriter;
  #aliases = 0;
  #times = 1;
  #rowsInAll = 0;

  constructor(parts: DocumentParts, interview: Interview) {
    this.#parts = parts;
    this.interview = interview;
    this.#access = new Access(interview, this.parameters.seat);
    this.#lists = new ListWriter({
      interview,
      parameters: this.parameters,
      access: this.#access,
      pages: new Pages(this.#access, this.parameters.seat),
    });
  }

  /** JSON of one field: its value where the rule admits the seat, the mark of refusal where it does not. */
  value(row: Row | undefined, field: Field, nodes: Nodes): string {
    const read = readOf(field)!;
    if (row && this.#isOff(read.module)) return PLUGIN_OFF_SQL;
    const may = row ? this.#access.decide(row, read.rule) : true; // a root field's rule is about the seat: checked before planning
    if (may === false) return REFUSED_SQL;
    const json = this.#read(row, field, read, nodes);
    return may === true ? json : `case when ${may.text} then (${json})::text else ${REFUSED_SQL} end`;
  }

  #isOff(module: string): boolean {
    return this.interview.ask(`off:${module}`, ({ seat }) => seat.pluginsOff.has(module));
  }

  #read(row: Row | undefined, field: Field, read: ReadField, nodes: Nodes): string {
    const own = (): string => (read.ofKind ? row!.kindAlias! : row!.alias);
    const handle = (): Record<string, Sql> => this.#handle(row!, read.ofKind);
    switch (read.reads) {
      case 'column':
        return jsonValue(read.form, `${own()}.${read.column}`, read.nullable);
      case 'globalId':
        return globalIdSql(row!.entity.name, `${row!.alias}.${row!.entity.idColumn}`);
      case 'expression':
        return jsonValue(read.form, `(${read.sql(handle(), this.parameters.seat).text})`, read.nullable);
      case 'value':
        return this.#value(getNamedType(field.type) as GraphQLObjectType, read.parts(handle()), nodes);
      case 'row':
        return this.#one(row, field, read, nodes);
      case 'any':
        return this.#any(field, read, nodes);
      case 'several':
        return this.#several(field, read, nodes);
      case 'list':
        return this.#list(row, field, read, nodes);
      case 'connection':
        return this.#connection(row, field, read, nodes);
      case 'sameRow':
        return this.#object(getNamedType(field.type) as GraphQLObjectType, row!, nodes);
      case 'viewerRoles':
        return viewerRolesSql(row!, this.#access);
      case 'viewerAccess':
        return viewerAccessSql(
          row!,
          this.#access,
          this.parameters.seat,
          this.#select(getNamedType(field.type) as GraphQLObjectType, nodes),
        );
      case 'permission': {
        const may = this.#access.decide(row!, read.permits);
        return typeof may === 'boolean' ? quoted(String(may)) : `case when ${may.text} then 'true' else 'false' end`;
      }
      case 'needs':
        return jsonObject([
          ...Object.entries(read.columns).map(([column, form]) => [column, jsonValue(form, `${own()}.${column}`, true)] as const),
          ...Object.entries(read.expressions).map(
            ([name, write]) => [name, `coalesce(to_json(${write(handle(), this.parameters.seat).text})::text, 'null')`] as const,
          ),
        ]);
    }
  }

  #handle(row: Row, ofKind: boolean | undefined): Record<string, Sql> {
    if (!ofKind) return rowHandle(row.entity.table, row.alias);
    const kind = [...row.entity.kinds!.byType.values()].find(({ type }) => type === row.kindType)!;
    return rowHandle(kind.table!, row.kindAlias!);
  }

  // objects

  #select(type: GraphQLObjectType, nodes: Nodes): Selection {
    return selectionOf(
      this.#parts,
      this.interview,
      type,
      nodes.map((node) => node.selectionSet),
    );
  }

  #json(type: GraphQLNamedType, row: Row, nodes: Nodes): string {
    if (isAbstractType(type))
      return row.entity.kinds ? this.#polymorphic(type, row, nodes) : this.#object(this.#typeOf(row.entity), row, nodes);
    return row.entity.kinds ? this.#kind(type as GraphQLObjectType, row, nodes) : this.#object(type as GraphQLObjectType, row, nodes);
  }

  #typeOf({ name }: Entity): GraphQLObjectType {
    return this.#parts.schema.getType(name) as GraphQLObjectType;
  }

  /** What a row found by a global id is read as; undefined where this surface does not show its type: to its callers there is no such row. */
  #shownType(field: Field, entity: Entity): GraphQLNamedType | undefined {
    return entity.kinds ? getNamedType(field.type) : this.#parts.schema.getType(entity.name);
  }

  #object(type: GraphQLObjectType, row: Row, nodes: Nodes): string {
    const typename = quoted(`"${type.name}"`);
    const entries: [string, string][] = [];
    for (const [key, selected] of this.#select(type, nodes)) {
      const name = selected[0]!.name.value;
      if (name === '__typename') entries.push([key, typename]);
      else {
        const field = type.getFields()[name]!;
        if (readOf(field)) entries.push([key, this.value(row, field, selected)]);
      }
    }
    return jsonObject([...entries, ['@type', typename]]);
  }

  #value(type: GraphQLObjectType, parts: ReturnType<Extract<ReadField, { reads: 'value' }>['parts']>, nodes: Nodes): string {
    const entries = [...this.#select(type, nodes)].map(([key, selected]): [string, string] => {
      const name = selected[0]!.name.value;
      if (name === '__typename') return [key, quoted(`"${type.name}"`)];
      const { sql: of, form, nullable } = parts[name]!;
      return [key, jsonValue(form, of.text, nullable ?? false)];
    });
    const missing = Object.values(parts).map(({ sql: of }) => `${of.text} is null`);
    return `case when ${missing.join(' and ')} then 'null' else ${jsonObject(entries)} end`;
  }

  #polymorphic(type: GraphQLAbstractType, row: Row, nodes: Nodes): string {
    const kinds = row.entity.kinds!;
    const types = this.#parts.schema.getPossibleTypes(type).filter(({ name }) => kinds.byType.has(name));
    const otherwise = types.find(({ name }) => name === kinds.otherwise);
    const cases = types
      .filter((one) => one !== otherwise)
      .map((one) => `when ${quoted(kinds.byType.get(one.name)!.value)} then ${this.#kind(one, row, nodes)}`);
    const last = otherwise ? this.#kind(otherwise, row, nodes) : `'null'`;
    return cases.length ? `case ${row.alias}.${kinds.column} ${cases.join(' ')} else ${last} end` : last;
  }

  #kind(type: GraphQLObjectType, row: Row, nodes: Nodes): string {
    const kind = row.entity.kinds!.byType.get(type.name);
    const ownColumns = [...this.#select(type, nodes)].some(([, [node]]) => {
      const field = type.getFields()[node!.name.value];
      return field !== undefined && readOf(field)?.ofKind;
    });
    if (!kind?.table || !ownColumns) return this.#object(type, row, nodes);
    const inKind: Row = { ...row, kindAlias: this.#alias(), kindType: type.name };
    const json = this.#object(type, inKind, nodes);
    const own = `${inKind.kindAlias}.organization_id = ${this.parameters.seat.organization.text}`;
    return `(select ${json} from ${kind.table.name} ${inKind.kindAlias} where ${own} and ${inKind.kindAlias}.${kind.joinedBy} = ${row.alias}.${row.entity.key})`;
  }

  // one row

  #one(parent: Row | undefined, field: Field, read: Extract<ReadField, { reads: 'row' }>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const type = getNamedType(field.type);
    const row = this.#row(read.entity(), read.proves ?? []);
    const handle = rowHandle(row.entity.table, row.alias);
    const through = read.join?.through ?? {};
    const conditions = [
      ...(read.join
        ? [
            read.join.on(this.#handle(parent!, read.ofKind), handle, rowHandles(through)),
            ...tablesSql(through, this.parameters.seat).conditions,
          ]
        : []),
      ...(read.absentToo ? [] : this.#present(row)),
      ...kindCondition(row.entity, row.alias, type),
      ...(read.where ? [read.where(handle, conditionInputs(this.interview, this.parameters, args))] : []),
    ];
    return this.#single(row, type, nodes, conditions, through);
  }

  #single(row: Row, type: GraphQLNamedType, nodes: Nodes, conditions: readonly Sql[], through: NonNullable<Join['through']> = {}): string {
    this.#count(this.#times);
    const json = this.#json(type, row, nodes);
    return `coalesce((select ${json} from ${this.#found(row, conditions, through)} limit 1), 'null')`;
  }

  /** Rows of the organization that the conditions admit and the seat may reach, with their role masks. */
  #found(row: Row, conditions: readonly Sql[], through: NonNullable<Join['through']> = {}): string {
    const { entity, alias } = row;
    const reachable = this.#access.reachable(entity, alias, row.proven);
    const tables = [...tablesSql(through, this.parameters.seat).tables, `${entity.table.name} ${alias}`].join(', ');
    const own = sql`${new Sql(`${alias}.organization_id`)} = ${this.parameters.seat.organization}`;
    return `${tables}${this.#access.rolesJoin(row)} where ${allOf([own, ...conditions, ...(reachable ? [reachable] : [])]).text}`;
  }
  #present({ entity, alias }: Row): Sql[] {
    return entity.present ? [entity.present(rowHandle(entity.table, alias))] : [];
  }

  #any(field: Field, read: Extract<ReadField, { reads: 'any' }>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const found = (inputs: Inputs): ReturnType<typeof read.which> =>
      read.which({ seat: inputs.seat, args: args.read(inputs), source: inputs.source });
    let entity: Entity | undefined;
    this.interview.ask(`which:${args.key}`, (inputs) => {
      entity = found(inputs)?.entity;
      return entity?.name ?? '';
    });
    const type = entity && this.#shownType(field, entity);
    if (!entity || !type) return `'null'`;
    const row = this.#row(entity, []);
    const handle = rowHandle(entity.table, row.alias) as Record<string, Sql>;
    const id = this.parameters.use(`which:${args.key}`, 'uuid', (inputs) => found(inputs)?.uuid);
    return this.#single(row, type, nodes, [sql`${handle[entity.idColumn]!} = ${id}`, ...this.#present(row)]);
  }

  /** Objects in any order, each under its id; the resolver puts them in the order that was asked for. */
  #several(field: Field, read: Extract<ReadField, { reads: 'several' }>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const asked = (inputs: Inputs): { tag: string; uuid: string }[] => read.ids(args.read(inputs)).flatMap((id) => readGlobalId(id) ?? []);
    const tags = this.interview.ask(`tags:${args.key}`, (inputs) => [...new Set(asked(inputs).map(({ tag }) => tag))].sort().join());
    const parts = tags.split(',').flatMap((tag) => {
      const entity = read.entityOfTag(tag);
      const type = entity && this.#shownType(field, entity);
      if (!entity || !type) return [];
      const row = this.#row(entity, []);
      const uuids = this.parameters.use(`uuids:${args.key}:${tag}`, 'uuid[]', (inputs) =>
        asked(inputs).flatMap((one) => (one.tag === tag ? [one.uuid] : [])),
      );
      const id = new Sql(`${row.alias}.${entity.idColumn}`);
      const json = this.#json(type, row, nodes);
      const keyed = `concat('{"id":', ${globalIdSql(entity.name, id.text)}, ',"object":', ${json}, '}')`;
      return [`(select string_agg(${keyed}, ',') from ${this.#found(row, [sql`${id} = any(${uuids})`, ...this.#present(row)])})`];
    });
    return parts.length ? `concat('[', concat_ws(',', ${parts.join(', ')}), ']')` : `'[]'`;
  }

  // many rows

  #list(parent: Row | undefined, field: Field, read: Extract<ReadField, { reads: 'list' }>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const row = this.#row(read.entity(), read.scope.proves ?? []);
    const type = getNamedType(field.type);
    const limit = { deep: read.scope.atMost, cut: String(read.scope.atMost) };
    const { page } = this.#lists.page({
      parent: this.#parentHandle(parent, read),
      row,
      args,
      scope: read.scope,
      limit,
      type,
      backward: false,
    });
    if (row.proven.length === 0) row.proven = page.proven;
    const json = this.#nested(limit.deep, () => this.#json(type, row, nodes));
    return `(select concat('[', string_agg(json, ','), ']') from (select ${json} json from ${page.from}${this.#access.rolesJoin(row)} ${page.orderBy}) rows)`;
  }

  #connection(parent: Row | undefined, field: Field, read: Extract<ReadField, { reads: 'connection' }>, nodes: Nodes): string {
    const args = new Arguments(field, nodes[0]!);
    const connection = getNamedType(field.type) as GraphQLObjectType;
    const row = this.#row(read.entity(), read.scope.proves ?? []);
    const { entity } = row;
    const type = getNamedType(connection.getFields().nodes!.type);
    const { backward, asked, bounded } = this.#lists.size(args, read.scope);
    const oneMore = asked.cut === String(asked.deep) ? String(asked.deep + 1) : `${asked.cut} + 1`;
    const limit = { deep: asked.deep + 1, cut: oneMore };
    const { page, request } = this.#lists.page({
      parent: this.#parentHandle(parent, read),
      row,
      args,
      scope: read.scope,
      limit,
      type,
      backward,
    });
    if (row.proven.length === 0) row.proven = page.proven;
    return connectionSql(connection, nodes, {
      select: (of, selected) => this.#select(of, selected),
      node: (selected) => this.#nested(asked.deep, () => this.#json(type, row, selected)),
      cursor: cursorSql(request.order, `${row.alias}.${entity.sortKeys[request.order.by]!.column}`, `${row.alias}.${entity.key}`),
      totalCount: () => this.#lists.count(request),
      extra: (name) => this.#extra(connection, name),
      size: asked.cut,
      backward,
      bounded,
      orderBy: page.orderBy,
      from: () => `${page.from}${this.#access.rolesJoin(row)}`,
    });
  }

  /** A further field of a connection, such as `liveCursor`: an expression over the seat alone. */
  #extra(connection: GraphQLObjectType, name: string): string {
    const field = connection.getFields()[name]!;
    const read = readOf(field);
    if (read?.reads !== 'needs') throw new Error(`${connection.name}.${name} is not readable.`);
    return jsonObject(
      Object.entries(read.expressions).map(([key, write]) => [
        key,
        `coalesce(to_json(${write({}, this.parameters.seat).text})::text, 'null')`,
      ]),
    );
  }

  #parentHandle(parent: Row | undefined, { ofKind }: ReadField): Record<string, Sql> {
    return parent ? this.#handle(parent, ofKind) : {};
  }

  // small things

  #alias(): string {
    return `t${++this.#aliases}`;
  }
  #row(entity: Entity, proven: readonly Role[]): Row {
    return { entity, alias: this.#alias(), proven, wanted: [] };
  }
  #nested(times: number, work: () => string): string {
    const outside = this.#times;
    this.#times *= times;
    this.#count(this.#times);
    const json = work();
    this.#times = outside;
    return json;
  }
  #count(rows: number): void {
    this.#rowsInAll += rows;
    if (this.#rowsInAll > MOST_ROWS) throw limitExceeded(`This asks for more than ${MOST_ROWS} objects: ask for smaller pages.`);
  }
}
