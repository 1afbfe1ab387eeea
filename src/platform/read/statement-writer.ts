import {
  type GraphQLAbstractType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isNonNullType,
} from 'graphql';
import type { Rule } from '../permissions/rule.ts';
import { callPlugin } from '../plugin-call/plugin-call.ts';
import { globalIdSql, jsonObject, jsonValue } from '../sql/json-sql.ts';
import { Parameters } from '../sql/parameters.ts';
import { quoted, rowHandle, Sql } from '../sql/sql.ts';
import type { Row } from './access.ts';
import { MEMBER } from './crowd.ts';
import { type Entity, type ReadField, readOf } from './entity.ts';
import type { Interview } from './interview.ts';
import { FAILED_SQL, numbered, PLUGIN_OFF_SQL, REFUSED_SQL } from './refusal.ts';
import { RowWriter } from './row-writer.ts';
import { type DocumentParts, type Field, type Nodes, type Selection, selectionOf } from './selection.ts';
import { viewerAccessSql, viewerRolesSql } from './viewer.ts';

/** What a mark of refusal stands for. */
export interface Site {
  /** The nodes that select it. */
  readonly nodes: Nodes;
  /** It is never null, so what it belongs to is null in its place. */
  readonly bubbles: boolean;
  readonly rule: Rule;
}

/** Writes one root field's selection as SQL. The organization, visibility and rules are put in here, not by the author of a field. */
export class StatementWriter {
  readonly parameters: Parameters;
  readonly interview: Interview;
  readonly parts: DocumentParts;
  readonly #rows: RowWriter;
  readonly #straight: boolean;
  /** By the numbers of the marks. */
  readonly sites: Site[] = [];
  /** Whose fields are among it, beneath its first. */
  readonly plugins = new Set<string>();

  /** @param how `straight`: the text is the answer itself, not a tree for the executor; `crowd`: it is written for the member of a crowd. */
  constructor(parts: DocumentParts, interview: Interview, { straight, crowd }: { straight: boolean; crowd: boolean }) {
    this.parameters = new Parameters(crowd ? new Sql(MEMBER) : undefined);
    this.parts = parts;
    this.interview = interview;
    this.#straight = straight;
    this.#rows = new RowWriter(this);
  }

  /** Objects that the statement may read. */
  get rows(): number {
    return this.#rows.fanOut.rows;
  }

  /** JSON of one field: its value where the rule admits the seat, the mark of refusal where it does not. */
  value(row: Row | undefined, field: Field, nodes: Nodes): string {
    const read = readOf(field)!;
    const left = row && this.leftOut(read.module);
    if (left) return this.#mark(left, field, nodes);
    const may = row ? this.#rows.access.decide(row, read.rule) : true; // a root field's rule is about the seat: checked before planning
    if (may === false) return this.#mark(REFUSED_SQL, field, nodes);
    const json = this.#written(row, field, read, nodes);
    return may === true ? json : `case when ${may.text} then (${json})::text else ${this.#mark(REFUSED_SQL, field, nodes)} end`;
  }

  #mark(mark: string, field: Field, nodes: Nodes): string {
    if (!this.#straight) return mark;
    const site: Site = { nodes, bubbles: isNonNullType(field.type), rule: readOf(field)!.rule };
    return numbered(mark, this.sites.push(site) - 1);
  }

  /** The mark that stands for what a module would have written: it is off, or makes the statement fail. */
  readonly leftOut = (module: string): string | undefined =>
    this.interview.ask(`left:${module}`, ({ seat, leavesOut }) =>
      leavesOut?.(module) ? FAILED_SQL : seat.pluginsOff.has(module) ? PLUGIN_OFF_SQL : '',
    ) || undefined;

  #written(row: Row | undefined, field: Field, read: ReadField, nodes: Nodes): string {
    const plugin = field.extensions.plugin as string | undefined;
    if (plugin === undefined) return this.#read(row, field, read, nodes);
    if (row) this.plugins.add(plugin);
    return callPlugin(plugin, () => this.#read(row, field, read, nodes));
  }

  #read(row: Row | undefined, field: Field, read: ReadField, nodes: Nodes): string {
    const own = (): string => (read.ofKind ? row!.kindAlias! : row!.alias);
    const handle = (): Record<string, Sql> => this.handle(row!, read.ofKind);
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
        return this.#rows.one(row, field, read, nodes);
      case 'either':
        return this.#rows.either(row, field, read, nodes);
      case 'any':
        return this.#rows.any(field, read, nodes);
      case 'member':
        return this.#rows.member(row!, field, read, nodes);
      case 'several':
        return this.#rows.several(field, read, nodes);
      case 'list':
        return this.#rows.list(row, field, read, nodes);
      case 'connection':
        return this.#rows.connection(row, field, read, nodes);
      case 'sameRow':
        return this.#object(getNamedType(field.type) as GraphQLObjectType, row!, nodes);
      case 'viewerRoles':
        return viewerRolesSql(row!, this.#rows.access);
      case 'viewerAccess':
        return viewerAccessSql(
          row!,
          this.#rows.access,
          this.parameters.seat,
          this.select(getNamedType(field.type) as GraphQLObjectType, nodes),
        );
      case 'permission': {
        const may = this.#rows.access.decide(row!, read.permits);
        const now = read.when && may !== false ? `(${read.when(handle()).text})` : undefined;
        const asked = [typeof may === 'boolean' ? undefined : may.text, now].filter((one) => one !== undefined);
        return asked.length ? `case when ${asked.join(' and ')} then 'true' else 'false' end` : quoted(String(may));
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

  handle(row: Row, ofKind: boolean | undefined): Record<string, Sql> {
    if (!ofKind) return rowHandle(row.entity.table, row.alias);
    const kind = [...row.entity.kinds!.byType.values()].find(({ type }) => type === row.kindType)!;
    return rowHandle(kind.table!, row.kindAlias!);
  }

  select(type: GraphQLObjectType, nodes: Nodes): Selection {
    return selectionOf(
      this.parts,
      this.interview,
      type,
      nodes.map((node) => node.selectionSet),
    );
  }

  json(type: GraphQLNamedType, row: Row, nodes: Nodes): string {
    if (isAbstractType(type))
      return row.entity.kinds ? this.#polymorphic(type, row, nodes) : this.#object(this.#typeOf(row.entity), row, nodes);
    return row.entity.kinds ? this.#kind(type as GraphQLObjectType, row, nodes) : this.#object(type as GraphQLObjectType, row, nodes);
  }

  #typeOf({ name }: Entity): GraphQLObjectType {
    return this.parts.schema.getType(name) as GraphQLObjectType;
  }

  #object(type: GraphQLObjectType, row: Row, nodes: Nodes, typename = nameOf(type)): string {
    const entries: [string, string][] = [];
    for (const [key, selected] of this.select(type, nodes)) {
      const name = selected[0]!.name.value;
      if (name === '__typename') entries.push([key, typename]);
      else {
        const field = type.getFields()[name]!;
        if (readOf(field)) entries.push([key, this.value(row, field, selected)]);
      }
    }
    return jsonObject(this.#straight ? entries : [...entries, ['@type', typename]]);
  }

  #value(type: GraphQLObjectType, parts: ReturnType<Extract<ReadField, { reads: 'value' }>['parts']>, nodes: Nodes): string {
    const entries = [...this.select(type, nodes)].map(([key, selected]): [string, string] => {
      const name = selected[0]!.name.value;
      if (name === '__typename') return [key, nameOf(type)];
      const { sql: of, form, nullable } = parts[name]!;
      return [key, jsonValue(form, of.text, nullable ?? false)];
    });
    const missing = Object.values(parts).map(({ sql: of }) => `${of.text} is null`);
    return `case when ${missing.join(' and ')} then 'null' else ${jsonObject(entries)} end`;
  }

  /** Kinds of which the same is read share one branch: written once a kind, a form inside a form inside a form would grow without bounds. */
  #polymorphic(type: GraphQLAbstractType, row: Row, nodes: Nodes): string {
    const { column, byType, otherwise } = row.entity.kinds!;
    const types = this.parts.schema.getPossibleTypes(type).filter(({ name }) => byType.has(name));
    const isOf = (of: GraphQLObjectType): string => `${row.alias}.${column} = ${quoted(byType.get(of.name)!.value)}`;
    let last = `'null'`;
    const branches = this.#alike(types, nodes).flatMap((group) => {
      const among = group.filter(({ name }) => name !== otherwise);
      const rest = group.find(({ name }) => name === otherwise) ?? among.pop()!;
      const names = among.map((of) => `when ${isOf(of)} then ${nameOf(of)}`);
      const name = names.length ? `case ${names.join(' ')} else ${nameOf(rest)} end` : nameOf(rest);
      const json = group.length === 1 ? this.#kind(rest, row, nodes) : this.#object(rest, row, nodes, name);
      if (rest.name !== otherwise) return [`when ${[...among, rest].map(isOf).join(' or ')} then ${json}`];
      last = json;
      return [];
    });
    return branches.length ? `case ${branches.join(' ')} else ${last} end` : last;
  }

  #alike(types: readonly GraphQLObjectType[], nodes: Nodes): GraphQLObjectType[][] {
    const groups: { types: GraphQLObjectType[]; reads: readonly unknown[] }[] = [];
    for (const type of types) {
      const reads = [...this.select(type, nodes)].flatMap(([key, same]) => [
        key,
        ...same,
        type.getFields()[same[0]!.name.value]?.extensions.read,
      ]);
      const alike = groups.find((group) => group.reads.length === reads.length && group.reads.every((one, i) => one === reads[i]));
      if (alike) alike.types.push(type);
      else groups.push({ types: [type], reads });
    }
    return groups.map((group) => group.types);
  }

  #kind(type: GraphQLObjectType, row: Row, nodes: Nodes): string {
    const kind = row.entity.kinds!.byType.get(type.name);
    const ownColumns = [...this.select(type, nodes)].some(([, [node]]) => {
      const field = type.getFields()[node!.name.value];
      return field !== undefined && readOf(field)?.ofKind;
    });
    if (!kind?.table || !ownColumns) return this.#object(type, row, nodes);
    const inKind: Row = { ...row, kindAlias: this.#rows.alias(), kindType: type.name };
    const json = this.#object(type, inKind, nodes);
    const own = `${inKind.kindAlias}.organization_id = ${this.parameters.seat.organization.text}`;
    return `(select ${json} from ${kind.table.name} ${inKind.kindAlias} where ${own} and ${inKind.kindAlias}.${kind.joinedBy} = ${row.alias}.${row.entity.key})`;
  }
}

const nameOf = ({ name }: GraphQLObjectType): string => quoted(`"${name}"`);
