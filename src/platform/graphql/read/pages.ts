import type { Table } from '../../database/table.ts';
import type { Role } from '../../permissions/rule.ts';
import type { Access } from './access.ts';
import type { Entity, Order } from './entity.ts';
import type { Way } from './entity-role.ts';
import { allOf, anyOf, rowHandle, rowHandles, type SeatSql, Sql, sql, tablesSql } from './sql.ts';

// Index-ordered pages. Visibility is a union of branches, each in the order of an index and cut at the page size: a row of the page is
// among the first n of the branch that shows it, so nothing is lost. Tables that stand between seat and row can show a row twice, which
// would eat the page: there the branch is distinct.

/** Tables that find the rows of a filtered list by an index of their own. Visibility is then checked for each row. */
export interface Driver {
  readonly through: Record<string, Table>;
  on(row: Record<string, Sql>): Sql;
}
export interface Bound {
  readonly side: 'after' | 'before';
  readonly sortValue: Sql;
  readonly key: Sql;
}
export interface PageRequest {
  readonly entity: Entity;
  readonly alias: string;
  readonly order: Order;
  /** The page is read from its end: `last`, `before`. */
  readonly backward: boolean;
  /** `deep`: a constant that bounds the work; `cut`: what was asked for, perhaps a parameter. */
  readonly limit: { readonly deep: number; readonly cut: string };
  /** The rows that the page starts after and ends before. */
  readonly bounds: readonly Bound[];
  readonly branches?: readonly Role[];
  readonly driver?: Driver;
  readonly through: Record<string, Table>;
  conditions(alias: string, proven: readonly Role[]): readonly Sql[];
}
export interface Page {
  readonly from: string;
  /** Order of the rows as they are read; from the end for a backward page. */
  readonly orderBy: string;
  readonly proven: readonly Role[];
}

interface Branch {
  readonly role?: Role;
  readonly way?: Way;
  /** Rows are read in their order and asked, not found by the way. */
  readonly asked?: boolean;
}
const CANDIDATE = 'candidate';

export class Pages {
  readonly #access: Access;
  readonly #seat: SeatSql;
  constructor(access: Access, seat: SeatSql) {
    this.#access = access;
    this.#seat = seat;
  }

  page(request: PageRequest): Page {
    const { entity, alias, limit } = request;
    const branches = this.#branches(request, true);
    const proven = provenBy(branches);
    const orderBy = `order by ${orderOf(request, alias)}`;
    if (branches.length === 0) return { from: `(select * from ${entity.table.name} where false) ${alias}`, orderBy, proven };
    const [only] = branches;
    if (branches.length === 1 && only && isDirect(request, only)) {
      const rows = `(select ${alias}.* from ${entity.table.name} ${alias} where ${this.#conditions(request, only, alias).text} order by ${orderOf(request, alias)} limit ${limit.deep})`;
      return { from: `${cutTo(rows, 'page', limit)} ${alias}`, orderBy, proven };
    }
    const found = branches.map((branch) => `(${this.#branch(request, branch, true)})`).join(' union ');
    const direction = directionOf(request);
    const page = cutTo(
      `(select * from (${found}) found order by sort_value ${direction}, key ${direction} limit ${limit.deep})`,
      'page',
      limit,
    );
    const own = sql`${new Sql(alias)}.organization_id = ${this.#seat.organization}`;
    return {
      from: `${page} page join ${entity.table.name} ${alias} on ${alias}.${entity.key} = page.key and ${own.text}`,
      orderBy,
      proven,
    };
  }

  count(request: PageRequest): string {
    const whole: PageRequest = { ...request, bounds: [] };
    const branches = this.#branches(whole, false);
    if (branches.length === 0) return `'0'`;
    return `(select count(*) from (${branches.map((branch) => this.#branch(whole, branch, false)).join(' union ')}) found)`;
  }

  /** One branch without a role where no role decides: all rows that the conditions admit. */
  #branches({ entity, branches, driver }: PageRequest, inOrder: boolean): readonly Branch[] {
    if (!branches) return [{}];
    if (branches.some((role) => this.#access.held(entity, role) === 'ALL')) return [{}];
    const asked = branches.filter((role) => this.#access.held(entity, role) === 'SOME');
    if (asked.length === 0) return [];
    if (driver) return [{}];
    return asked.flatMap((role) => {
      const many = inOrder && this.#access.towardMany(entity, role);
      return entity.roles.find((one) => one.role === role)!.ways.map((way) => ({ role, way, asked: many }));
    });
  }

  #branch(request: PageRequest, branch: Branch, cut: boolean): string {
    const { entity, order, limit, driver } = request;
    const { way, asked } = branch;
    const sortColumn = entity.sortKeys[order.by]!.column;
    const columns = cut ? `${CANDIDATE}.${sortColumn} sort_value, ${CANDIDATE}.${entity.key} key` : `${CANDIDATE}.${entity.key} key`;
    const tail = cut ? ` order by ${orderOf(request, CANDIDATE)} limit ${limit.deep}` : '';
    const where = this.#conditions(request, branch, CANDIDATE);
    const rows = `${entity.table.name} ${CANDIDATE}`;
    if (way?.among && !asked) return this.#topOfEach(request, way, { columns, rows, where, tail, cut });
    const between = { ...joinedBy(branch), ...driver?.through, ...request.through };
    const tables = [...tablesSql(between, this.#seat).tables, rows].join(', ');
    return `select ${Object.keys(between).length ? 'distinct ' : ''}${columns} from ${tables} where ${where.text}${tail}`;
  }

  /** Many keys (my people), each with an index-ordered list of its own: the first n of each. */
  #topOfEach(request: PageRequest, way: Way, parts: { columns: string; rows: string; where: Sql; tail: string; cut: boolean }): string {
    const { columns, rows, where, tail, cut } = parts;
    const handles = { seat: this.#seat, ...rowHandles(way.through) };
    const { tables, conditions } = tablesSql(way.through, this.#seat);
    const keys = `select distinct ${way.among!.key(handles).text} key from ${tables.join(', ')} where ${allOf([...conditions, way.where(handles)]).text}`;
    const between = tablesSql(request.through, this.#seat).tables;
    const own = `${CANDIDATE}.${way.among!.column} = driver.key`;
    const top = `select top.* from (${keys}) driver cross join lateral (select ${columns} from ${[...between, rows].join(', ')} where ${own} and ${where.text}${tail}) top`;
    const direction = directionOf(request);
    return cut ? `${top} order by sort_value ${direction}, key ${direction} limit ${request.limit.deep}` : top;
  }

  #conditions(request: PageRequest, branch: Branch, alias: string): Sql {
    const { entity, bounds, driver } = request;
    const { role, way, asked } = branch;
    const row = rowHandle(entity.table, alias) as Record<string, Sql>;
    const proven = role ? [role] : [];
    const between = { ...joinedBy(branch), ...driver?.through, ...request.through };
    return allOf([
      sql`${row.organization_id!} = ${this.#seat.organization}`,
      ...tablesSql(between, this.#seat).conditions,
      ...(way && asked ? [this.#access.question(entity, way, alias)] : []),
      ...(way && !asked && !way.among ? [way.where({ row, seat: this.#seat, ...rowHandles(way.through) })] : []),
      ...(driver ? [driver.on(row), ...this.#visible(request, alias)] : []),
      ...request.conditions(alias, proven),
      ...bounds.map((bound) => this.#beyond(request, alias, bound)),
    ]);
  }

  #visible({ entity, branches }: PageRequest, alias: string): Sql[] {
    if (!branches) return [];
    const may = this.#access.decideInline(entity, alias, branches);
    return may === true ? [] : [may === false ? anyOf([]) : may];
  }

  #beyond({ entity, order }: PageRequest, alias: string, { side, sortValue, key }: Bound): Sql {
    const column = entity.sortKeys[order.by]!.column;
    const than = new Sql((order.direction === 'ASC') === (side === 'after') ? '>' : '<');
    const of = (name: string): Sql => new Sql(`${alias}.${name}`);
    if (column === entity.key) return sql`${of(column)} ${than} ${key}`;
    return sql`(${of(column)}, ${of(entity.key)}) ${than} (${sortValue}, ${key})`;
  }
}

/** Every row of the page bears one of the branches' roles; where no role decided, nothing is known. */
function provenBy(branches: readonly Branch[]): readonly Role[] {
  const roles = branches.map(({ role }) => role);
  return roles.every((role) => role !== undefined) ? [...new Set(roles)] : [];
}

const directionOf = ({ order, backward }: PageRequest): 'ASC' | 'DESC' => ((order.direction === 'ASC') === backward ? 'DESC' : 'ASC');

const orderOf = (request: PageRequest, alias: string): string =>
  [...new Set([request.entity.sortKeys[request.order.by]!.column, request.entity.key])]
    .map((column) => `${alias}.${column} ${directionOf(request)}`)
    .join(', ');

/** A constant bound inside, for good estimates; what was asked for outside. */
const cutTo = (rows: string, alias: string, { deep, cut }: PageRequest['limit']): string =>
  cut === String(deep) ? rows : `(select * from ${rows} ${alias} limit ${cut})`;

/** Tables that stand between seat and row; those of keys stand beside the rows, not between. */
const joinedBy = ({ way, asked }: Branch): Record<string, Table> => (way && !way.among && !asked ? way.through : {});

const isDirect = ({ through, driver }: PageRequest, branch: Branch): boolean =>
  (!branch.way?.among || branch.asked === true) && Object.keys({ ...through, ...driver?.through, ...joinedBy(branch) }).length === 0;
