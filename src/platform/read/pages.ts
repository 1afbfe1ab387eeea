import { allOf, anyOf, rowHandle, rowHandles, type SeatSql, Sql, sql, tablesSql } from '../sql/sql.ts';
import type { Access } from './access.ts';
import { type Branch, Branches, drivenBy, isDirect, tablesBetween, whenSql } from './branches.ts';
import type { Way } from './entity-role.ts';
import { type Bound, cutTo, type Driver, directionOf, orderOf, type Page, type PageRequest, sortValueOf } from './page-request.ts';

// Index-ordered pages. Visibility is a union of branches, each in the order of an index and cut at the page size: a row of the page is
// among the first n of the branch that shows it, so nothing is lost. Tables that stand between seat and row can show a row twice, which
// would eat the page: there the branch is distinct.

const CANDIDATE = 'candidate';
/** What lists have is counted up to here (api 1). */
export const MOST_COUNTED = 10_000;

export class Pages {
  readonly #access: Access;
  readonly #seat: SeatSql;
  readonly #branches: Branches;
  constructor(access: Access, seat: SeatSql) {
    this.#access = access;
    this.#branches = new Branches(access);
    this.#seat = seat;
  }

  page(request: PageRequest): Page {
    const { entity, alias, limit, byValue } = request;
    const branches = this.#branches.of(request);
    const proven = this.#branches.proven(request, branches);
    const stands = branches.length ? 'page.sort_value' : 'null::text'; // no constant: there is no order by one
    const [orderBy, sortValue] = [`order by ${orderOf(request, alias, stands)}`, sortValueOf(request, alias, stands)];
    if (branches.length === 0) return { from: `(select * from ${entity.table.name} where false) ${alias}`, orderBy, sortValue, proven };
    const [only] = branches;
    if (branches.length === 1 && only && !byValue && isDirect(request, only)) {
      const rows = `(select ${alias}.* from ${entity.table.name} ${alias} where ${this.#admitted(request, only, alias).text} order by ${orderOf(request, alias)} limit ${limit.deep})`;
      return { from: `${cutTo(rows, 'page', limit)} ${alias}`, orderBy, sortValue, proven };
    }
    const page = cutTo(`(${this.#found(request, branches)})`, 'page', limit);
    const own = sql`${new Sql(alias)}.organization_id = ${this.#seat.organization}`;
    return {
      from: `${page} page join ${entity.table.name} ${alias} on ${alias}.${entity.key} = page.key and ${own.text}`,
      orderBy,
      sortValue,
      proven,
    };
  }

  /** The first rows of all branches. Of an order that is walked the second part is read only where the first does not fill the page. */
  #found(request: PageRequest, branches: readonly Branch[]): string {
    const direction = directionOf(request);
    const top = (found: readonly string[]): string =>
      `select * from (${found.join(' union ')}) found order by sort_value ${direction}, key ${direction} limit ${request.limit.deep}`;
    const rows = (of: readonly Branch[]): string[] => of.map((branch) => `(${this.#branch(request, branch, true)})`);
    const leading = branches.filter(({ part }) => part === leadingPart(request));
    const probe = this.#probe(request, branches);
    if (leading.length === 0) return `${withSql(probe)}${top(rows(branches))}`;
    const others = rows(branches.filter((branch) => !leading.includes(branch)));
    return `${withSql([...probe, `leading_part as materialized (${top(rows(leading))})`])}${top(['(select * from leading_part)', ...others])}`;
  }

  /** How many rows there are, no further than it is worth: found as those of a page are, in any order. Gives one row of one column, `n`. */
  count = (request: PageRequest): string => `select count(*) as n from (${this.keys(request, MOST_COUNTED + 1)}) counted`;

  /** The keys of the first rows, in any order: a column, `key`. */
  keys(request: PageRequest, most: number): string {
    const whole: PageRequest = { ...request, bounds: [], byValue: undefined };
    const branches = this.#branches.of(whole);
    if (branches.length === 0) return 'select null::uuid as key where false';
    const past = `limit ${most}`;
    const found = branches.map((branch) => `(${this.#branch(whole, branch, false)} ${past})`).join(' union ');
    return `${withSql(this.#probe(whole, branches))}select * from (${found}) found ${past}`;
  }

  /** Looks how much the driver finds, no further than it needs to. */
  #probe(request: PageRequest, branches: readonly Branch[]): string[] {
    const rare = branches.find(({ when }) => when === 'RARE');
    if (!rare) return [];
    const most = this.#branches.rareUpTo(request, branches);
    const [driver] = rare.drivers ?? [];
    const found = driver ? this.#drivenTo(driver, most + 1) : this.keys(request, most + 1);
    return [`looked as materialized (${found})`, `measured as materialized (select count(*) <= ${most} as rare from looked)`];
  }

  #drivenTo({ through, key, finds, keys }: Driver, most: number): string {
    if (keys) return keys(most).text;
    const { tables, conditions } = tablesSql(through, this.#seat);
    return `select ${key.text} as key from ${tables.join(', ')} where ${allOf([...conditions, finds]).text} limit ${most}`;
  }

  #branch(request: PageRequest, branch: Branch, cut: boolean): string {
    const { entity, limit } = request;
    const { way, asked, when } = branch;
    const key = `${CANDIDATE}.${entity.key}`;
    const columns = cut ? `${sortValueOf(request, CANDIDATE, standsBy(request, branch, key))} sort_value, ${key} key` : `${key} key`;
    const tail = cut ? ` order by ${orderOf(request, CANDIDATE)} limit ${limit.deep}` : '';
    const where = this.#conditions(request, branch, CANDIDATE);
    const rows = when === 'RARE' ? this.#looked(entity) : `${entity.table.name} ${CANDIDATE}`;
    if (way?.among && !asked) return this.#topOfEach(request, branch, way.among, { columns, rows, where, tail, cut });
    const between = tablesBetween(request, branch);
    const tables = [...tablesSql(between, this.#seat).tables, rows];
    return `select ${tables.length > 1 ? 'distinct ' : ''}${columns} from ${tables.join(', ')} where ${where.text}${tail}`;
  }

  /** The rows that were looked at, each by its key: `offset 0` keeps a plan from reading many others to find them. */
  #looked({ table, key }: PageRequest['entity']): string {
    const own = `own.organization_id = ${this.#seat.organization.text} and own.${key} = looked.key`;
    return `(select distinct key from looked) looked cross join lateral (select * from ${table.name} own where ${own} offset 0) ${CANDIDATE}`;
  }

  /** Many keys (my people), each with an index-ordered list of its own: the first n of each. */
  #topOfEach(
    request: PageRequest,
    branch: Branch,
    among: NonNullable<Way['among']>,
    parts: { columns: string; rows: string; where: Sql; tail: string; cut: boolean },
  ): string {
    const { columns, rows, where, tail, cut } = parts;
    const way = branch.way!;
    const handles = { seat: this.#seat, ...rowHandles(way.through) };
    const { tables, conditions } = tablesSql(way.through, this.#seat);
    const known = allOf([...whenSql(branch), ...conditions, way.where(handles)]);
    const keys = `select distinct ${among.key(handles).text} key from ${tables.join(', ')} where ${known.text}`;
    const between = tablesSql(request.through, this.#seat).tables;
    const own = `${CANDIDATE}.${among.column} = driver.key`;
    const top = `select top.* from (${keys}) driver cross join lateral (select ${columns} from ${[...between, rows].join(', ')} where ${own} and ${where.text}${tail}) top`;
    const direction = directionOf(request);
    return cut ? `${top} order by sort_value ${direction}, key ${direction} limit ${request.limit.deep}` : top;
  }

  /** Of rows that are read alone: what stands between them and their parent is asked for, so that no row comes twice. */
  #admitted(request: PageRequest, branch: Branch, alias: string): Sql {
    const conditions = this.#conditions(request, branch, alias);
    const { tables } = tablesSql(tablesBetween(request, branch), this.#seat);
    if (tables.length === 0) return conditions;
    const own = sql`${new Sql(alias)}.organization_id = ${this.#seat.organization}`;
    return sql`${own} and exists (select 1 from ${new Sql(tables.join(', '))} where ${conditions})`;
  }

  #conditions(request: PageRequest, branch: Branch, alias: string): Sql {
    const { entity, bounds, drivers, byValue } = request;
    const { way, asked, drivers: own = [], part } = branch;
    const row = rowHandle(entity.table, alias) as Record<string, Sql>;
    const between = tablesBetween(request, branch);
    return allOf([
      ...whenSql(branch),
      sql`${row.organization_id!} = ${this.#seat.organization}`,
      ...tablesSql(between, this.#seat).conditions,
      ...(way && asked ? [this.#access.question(entity, way, alias)] : []),
      ...(way && !asked && !way.among ? [way.where({ row, seat: this.#seat, ...rowHandles(way.through) })] : []),
      ...drivenBy(branch, row[entity.key]!),
      ...(own.length ? this.#visible(request, alias) : []),
      ...drivers.filter((one) => !own.includes(one)).flatMap((one) => one.asked?.(row) ?? []),
      ...request.conditions(alias, this.#branches.proven(request, [branch])),
      ...(part === 'UNRANKED' ? [byValue!.lacks(row[entity.key]!)] : []),
      ...(part && part !== leadingPart(request) ? [new Sql(`(select count(*) from leading_part) < ${request.limit.deep}`)] : []),
      ...bounds.map((bound) => this.#beyond(request, branch, alias, bound)),
    ]);
  }

  #visible({ entity, branches }: PageRequest, alias: string): Sql[] {
    if (!branches) return [];
    const may = this.#access.decideInline(entity, alias, branches);
    return may === true ? [] : [may === false ? anyOf([]) : may];
  }

  #beyond(request: PageRequest, branch: Branch, alias: string, { side, sortValue, key }: Bound): Sql {
    const { entity, order, byValue } = request;
    const sign = (order.direction === 'ASC') === (side === 'after') ? '>' : '<';
    const than = new Sql(sign);
    const own = new Sql(`${alias}.${entity.key}`);
    if (byValue && branch.part === 'UNRANKED') return byValue.lacksBeyond(own, sign, { sortValue, key });
    if (byValue && branch.part === 'RANKED') return sql`(${byValue.rank}, ${byValue.ranked.key}) ${than} (${sortValue}, ${key})`;
    const stands = sortValueOf(request, alias, byValue?.of(own).text ?? '');
    return stands === own.text ? sql`${own} ${than} ${key}` : sql`(${new Sql(stands)}, ${own}) ${than} (${sortValue}, ${key})`;
  }
}

/** Rows without a value stand last, so they come first where a list is read from its end. */
const leadingPart = ({ backward }: PageRequest): Branch['part'] => (backward ? 'UNRANKED' : 'RANKED');
const standsBy = ({ byValue }: PageRequest, { part }: Branch, key: string): string =>
  (part === 'RANKED' ? byValue?.rank : part === 'UNRANKED' ? byValue?.none : byValue?.of(new Sql(key)))?.text ?? '';
const withSql = (parts: readonly string[]): string => (parts.length ? `with ${parts.join(', ')} ` : '');
