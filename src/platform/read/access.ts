import type { Role, Rule } from '../permissions/rule.ts';
import { allOf, anyOf, rowHandle, rowHandles, type SeatSql, Sql, sql, tablesSql } from '../sql/sql.ts';
import type { Entity } from './entity.ts';
import type { EntityRole, Held, Way } from './entity-role.ts';
import type { Interview } from './interview.ts';

/** A row in a statement. */
export interface Row {
  readonly entity: Entity;
  readonly alias: string;
  /** The row of the kind's own table, where it is joined. */
  kindAlias?: string;
  kindType?: string;
  /** One of a few rows that are found by their ids. */
  readonly few?: boolean;
  /** The row bears at least one of these roles, by the way it was found. Empty: nothing is known. */
  proven: readonly Role[];
  /** Roles that something asked the row for; each is a bit of its mask. */
  readonly wanted: Role[];
  /** Which of them were asked for together: `any of these bits`. */
  readonly questions: Set<number>;
}

/** Tables between seat and row up to which a plan may gather what the seat has: through more, that may be all that hangs on its people's rows. */
const MOST_GATHERED = 3;

/** From roles to SQL: what is known of a row before it is read, and what must be asked of it. */
export class Access {
  readonly #interview: Interview;
  readonly #seat: SeatSql;
  constructor(interview: Interview, seat: SeatSql) {
    this.#interview = interview;
    this.#seat = seat;
  }

  held({ name, roles }: Entity, role: Role): Held {
    if (role.bearer === 'ANYBODY') return 'ALL';
    const of = roles.find((one) => one.role === role);
    return of ? (this.#interview.ask(`held:${name}:${role.name}`, ({ seat }) => of.held(seat)) as Held) : 'NONE';
  }

  towardMany({ name, roles }: Entity, role: Role, searched: boolean): boolean {
    const asked = roles.find((one) => one.role === role)?.towardMany;
    return asked !== undefined && this.#interview.ask(`many:${name}:${role.name}:${searched}`, ({ seat }) => asked(seat, searched));
  }

  /** true, false, or SQL over the row's role mask, which then has to be computed (`rolesJoin`). */
  decide(row: Row, rule: Rule): boolean | Sql {
    const known = this.#known(row.entity, rule.roles, row.proven);
    if (typeof known === 'boolean') return known;
    return new Sql(`${row.alias}r.roles & ${this.#mask(row, known)} <> 0`);
  }

  /** The same decision where no mask is at hand: inside a page. */
  decideInline(entity: Entity, alias: string, roles: readonly Role[], proven: readonly Role[] = [], few = false): boolean | Sql {
    const known = this.#known(entity, roles, proven);
    return typeof known === 'boolean' ? known : this.#anyWay(entity, known, (way) => this.#ask(entity, way, alias, few));
  }

  /** Condition for reaching a row at all; undefined where every row may be reached. @param few the rows are found by their ids. */
  reachable(entity: Entity, alias: string, proven: readonly Role[], few = false): Sql | undefined {
    if (proven.length) return undefined;
    const known = this.#known(entity, entity.reachableFor, []);
    if (typeof known === 'boolean') return known ? undefined : new Sql('false');
    return this.#anyWay(entity, known, (way) => this.#ask(entity, way, alias, few));
  }
  /** The same of one of a few rows, by its role mask where that holds all it takes: other roles are asked only until one is held. */
  reached(row: Row): Sql | undefined {
    const { entity, alias, proven, few, wanted } = row;
    const known = few && !proven.length ? this.#known(entity, entity.reachableFor, []) : true;
    if (typeof known === 'boolean' || known.some((role) => !wanted.includes(role))) return this.reachable(entity, alias, proven, few);
    return new Sql(`${alias}r.roles & ${this.#mask(row, known)} <> 0`);
  }
  /** Ways through fewer tables come first: PostgreSQL stops at the first that holds. */
  #anyWay = (entity: Entity, roles: readonly Role[], ask: (way: Way) => Sql): Sql =>
    anyOf(
      roles
        .flatMap((role) => this.#waysOf(entity, role))
        .sort((one, other) => Object.keys(one.through).length - Object.keys(other.through).length)
        .map(ask),
    );

  #known(entity: Entity, roles: readonly Role[], proven: readonly Role[]): boolean | readonly Role[] {
    if (roles.some((role) => this.held(entity, role) === 'ALL')) return true;
    if (proven.length && proven.every((role) => roles.includes(role))) return true; // found as owner, sharee or supervisor, and all three are admitted
    const open = roles.filter((role) => this.held(entity, role) === 'SOME');
    return open.length ? open : false;
  }

  #waysOf(entity: Entity, role: Role): readonly Way[] {
    return (entity.roles.find((one) => one.role === role) as EntityRole).ways;
  }

  predicate(entity: Entity, way: Way, alias: string): Sql {
    const rows = this.#rowsOf(entity, way, alias);
    return rows.isOwn ? sql`(${rows.sql})` : sql`exists (select 1 ${rows.sql})`;
  }
  /**
   * The same of a few rows that are at hand: no plan gathers first all rows toward which the seat holds the role. Explicit joins are followed
   * in the order in which they stand (`join_collapse_limit`), from the row to the seat.
   */
  #lookup(entity: Entity, way: Way, alias: string): Sql {
    const rows = this.#rowsOf(entity, way, alias, ' cross join ');
    return rows.isOwn ? sql`(${rows.sql})` : sql`(select true ${rows.sql} limit 1) is true`;
  }
  #ask(entity: Entity, way: Way, alias: string, few = false): Sql {
    const isLong = !way.among && Object.keys(way.through).length > MOST_GATHERED;
    if (few || isLong) return this.#lookup(entity, way, alias);
    return this.#ofVast(entity, way, alias) ?? this.predicate(entity, way, alias);
  }
  #rowsOf({ table }: Entity, way: Way, alias: string, between = ', '): { readonly isOwn: boolean; readonly sql: Sql } {
    const row = rowHandle(table, alias) as Record<string, Sql>;
    const handles = { row, seat: this.#seat, ...rowHandles(way.through) };
    const conditions = [way.where(handles), ...(way.among ? [sql`${way.among.key(handles)} = ${row[way.among.column]!}`] : [])];
    const { tables, conditions: own } = tablesSql(way.through, this.#seat);
    if (tables.length === 0) return { isOwn: true, sql: allOf(conditions) };
    return { isOwn: false, sql: sql`from ${new Sql(tables.join(between))} where ${allOf([...own, ...conditions])}` };
  }

  /**
   * How rows are found by which a seat holds one of some roles: a branch for each way; one without conditions where it holds one toward all.
   * For statements that are about several seats.
   */
  findings(entity: Entity, roles: readonly Role[], alias: string): readonly { readonly tables: string[]; readonly conditions: Sql[] }[] {
    if (roles.some((role) => this.held(entity, role) === 'ALL')) return [{ tables: [], conditions: [] }];
    const row = rowHandle(entity.table, alias) as Record<string, Sql>;
    return roles
      .filter((role) => this.held(entity, role) === 'SOME')
      .flatMap((role) => this.#waysOf(entity, role))
      .map((way) => {
        const handles = { row, seat: this.#seat, ...rowHandles(way.through) };
        const { tables, conditions } = tablesSql(way.through, this.#seat);
        const key = way.among ? [sql`${way.among.key(handles)} = ${row[way.among.column]!}`] : [];
        return { tables, conditions: [...conditions, way.where(handles), ...key] };
      });
  }

  /** The same, so written that no plan turns it round: rows are read in their order and asked, not found by it, all of them, and sorted. */
  question(entity: Entity, way: Way, alias: string): Sql {
    if (!way.among) return this.#lookup(entity, way, alias);
    const asked = this.#ofVast(entity, way, alias);
    if (asked) return asked;
    const row = rowHandle(entity.table, alias) as Record<string, Sql>;
    const handles = { row, seat: this.#seat, ...rowHandles(way.through) };
    const { tables, conditions } = tablesSql(way.through, this.#seat);
    const keys = sql`select ${way.among.key(handles)} from ${new Sql(tables.join(', '))} where ${allOf([...conditions, way.where(handles)])}`;
    return sql`(${row[way.among.column]!} in (${keys})) is true`;
  }

  /** Gathers the far tables of a way and asks a row for the near one; `is true` keeps a plan from gathering more. Undefined where the seat has few keys. */
  #ofVast({ name, table }: Entity, { among, through }: Way, alias: string): Sql | undefined {
    const vast = among?.vast;
    if (!vast || !this.#interview.ask(`vast:${name}:${among.column}`, ({ seat }) => vast.is(seat))) return undefined;
    const row = rowHandle(table, alias) as Record<string, Sql>;
    const handles = { seat: this.#seat, ...rowHandles(through) };
    const { [vast.near]: nearTable, ...farTables } = through;
    const [near, far] = [tablesSql({ [vast.near]: nearTable! }, this.#seat), tablesSql(farTables, this.#seat)];
    const gathered = sql`select ${vast.tie.to(handles)} from ${new Sql(far.tables.join(', '))} where ${allOf([...far.conditions, vast.where.gathered(handles)])}`;
    const conditions = [...near.conditions, sql`${among.key(handles)} = ${row[among.column]!}`, vast.where.near(handles)];
    return sql`(select true from ${new Sql(near.tables.join())} where ${allOf(conditions)} and (${vast.tie.from(handles)} in (${gathered})) is true limit 1) is true`;
  }

  #mask(row: Row, roles: readonly Role[]): number {
    for (const role of roles) if (!row.wanted.includes(role)) row.wanted.push(role);
    const mask = roles.reduce((bits, role) => bits | (1 << row.wanted.indexOf(role)), 0);
    row.questions.add(mask);
    return mask;
  }

  /**
   * The row's role mask, computed once a row with only the bits that were asked for. `offset 0` keeps it from being copied into each use.
   * Roles that are in the same questions cannot be told apart by them: the first that is held sets the bits of all, and the others are not
   * looked for.
   */
  rolesJoin(row: Row): string {
    const { entity, alias, wanted, few } = row;
    if (wanted.length === 0) return '';
    const bits = askedTogether(row).map((roles) => {
      const held = this.#anyWay(entity, roles, (way) => this.#ask(entity, way, alias, few));
      return `case when ${held.text} then ${roles.reduce((mask, role) => mask | (1 << wanted.indexOf(role)), 0)} else 0 end`;
    });
    return ` cross join lateral (select ${bits.join(' | ')} as roles offset 0) ${alias}r`;
  }
}

function askedTogether({ wanted, questions }: Row): Role[][] {
  const groups = new Map<string, Role[]>();
  wanted.forEach((role, bit) => {
    const asking = [...questions].filter((mask) => mask & (1 << bit)).join();
    groups.set(asking, [...(groups.get(asking) ?? []), role]);
  });
  return [...groups.values()];
}
