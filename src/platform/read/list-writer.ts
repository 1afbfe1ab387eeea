import { type GraphQLNamedType, isObjectType } from 'graphql';
import type { Text } from '../language/language.ts';
import type { Rule } from '../permissions/rule.ts';
import { cursorSql } from '../sql/cursors.ts';
import { ListPlaces, orderOfList } from '../sql/list-order.ts';
import type { Parameters } from '../sql/parameters.ts';
import { allOf, anyOf, quoted, rowHandle, rowHandles, Sql, sql, tablesSql } from '../sql/sql.ts';
import { type TermSearch, termSearch } from '../sql/term-search.ts';
import type { Access, Row } from './access.ts';
import { conditionInputs } from './condition-inputs.ts';
import type { Entity, ListScope } from './entity.ts';
import { comparisonsIn, driverOf, type FilterInput, type FilterParameter, filterSql, type HoldsOne, shapeOf } from './filters.ts';
import type { Interview } from './interview.ts';
import type { Driver, Page, PageRequest } from './page-request.ts';
import type { Pages } from './pages.ts';
import { badRequest } from './refusal.ts';
import type { Arguments } from './selection.ts';

export const MOST_ON_A_PAGE = 100;
export const DEFAULT_ON_A_PAGE = 20;
/** Page sizes that statements are planned for: a variable size is a parameter under the next of these, for good estimates. */
const PLANNED_SIZES = [5, 20, 50, MOST_ON_A_PAGE];
export const plannedSize = (asked: number): number => PLANNED_SIZES.find((planned) => asked <= planned) ?? MOST_ON_A_PAGE;

interface Parts {
  readonly interview: Interview;
  readonly parameters: Parameters;
  readonly access: Access;
  readonly pages: Pages;
}
export interface ListRequest {
  /** The field that the list is, such as `Query.contacts`. */
  readonly name: string;
  readonly parent: Record<string, Sql>;
  readonly row: Row;
  readonly args: Arguments;
  readonly scope: ListScope;
  readonly limit: PageRequest['limit'];
  readonly type: GraphQLNamedType;
  readonly backward: boolean;
  readonly isWhole: boolean;
}

/** From the arguments of a list (pages, order, filter, search) to the page that holds its rows. */
export class ListWriter {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  page(list: ListRequest): { page: Page; request: PageRequest; cursor: string } {
    const { row, args, scope } = list;
    const { entity } = row;
    const { interview, parameters } = this.#parts;
    const fallback = scope.order ?? entity.defaultOrder;
    const order = orderOfList({ interview, args, entity }, fallback, (rule) => this.#isReadByAll(args, entity, scope, rule));
    const places = new ListPlaces({ parameters, args, entity, list: list.name, order });
    const request: PageRequest = {
      entity,
      alias: row.alias,
      order,
      byValue: places.byValue,
      backward: list.backward,
      isWhole: list.isWhole,
      limit: list.limit,
      bounds: (['after', 'before'] as const).filter((side) => this.#given(args, side)).map((side) => places.bound(side)),
      branches: scope.listedBy?.((name) => this.#word(args, name)),
      drivers: [this.#search(args, entity), this.#drivingFilter(args, entity)].filter((driver) => driver !== undefined),
      through: scope.join?.through ?? {},
      ofParent: scope.join !== undefined,
      conditions: (alias, proven) => this.#conditions(list, alias, proven.length ? proven : row.proven),
    };
    const page = this.#parts.pages.page(request);
    const shown = entity.sortKeys[order.by]!.isHidden ? 'null' : page.sortValue;
    return { page, request, cursor: cursorSql(places.tag, shown, `${row.alias}.${entity.key}`) };
  }

  count = (request: PageRequest): string => this.#parts.pages.count(request);

  /** What a list's arguments make PostgreSQL look for. */
  effort(args: Arguments, entity: Entity): { searches: boolean; comparisons: number } {
    const shape = this.#shape(args);
    return { searches: this.#search(args, entity) !== undefined, comparisons: shape ? comparisonsIn(shape) : 0 };
  }

  /** @throws BAD_REQUEST for sizes below 1 or above 100, and for `first` beside `last`. */
  size(args: Arguments, scope: ListScope): { backward: boolean; asked: PageRequest['limit']; bounded: boolean } {
    const { interview, parameters } = this.#parts;
    const most = Math.min(scope.atMost, MOST_ON_A_PAGE);
    const backward = interview.ask(`backward:${args.key}`, (inputs) => isBackward(args.read(inputs)));
    const name = backward ? 'last' : 'first';
    const size = (given: Record<string, unknown>): number => sizeOf(given[name], name, most);
    const deep = interview.ask(`size:${args.key}`, (inputs) => {
      const asked = size(args.read(inputs));
      return args.isFixed(name) ? asked : plannedSize(asked);
    });
    const cut = args.isFixed(name) ? String(deep) : parameters.use(`size:${args.key}`, 'int', (inputs) => size(args.read(inputs))).text;
    const bounded = this.#given(args, backward ? 'before' : 'after');
    return { backward, asked: { deep, cut }, bounded };
  }

  #given(args: Arguments, name: string): boolean {
    return args.has(name) && this.#parts.interview.ask(`given:${args.key}:${name}`, (inputs) => args.read(inputs)[name] != null);
  }
  #word(args: Arguments, name: string): string {
    return this.#parts.interview.ask(`word:${args.key}:${name}`, (inputs) => String(args.read(inputs)[name] ?? ''));
  }

  /** Whether the seat reads what a rule guards in every row of the list: each role that finds a row there is admitted. */
  #isReadByAll(args: Arguments, entity: Entity, { listedBy, proves }: ListScope, { roles }: Rule): boolean {
    const { access } = this.#parts;
    if (roles.some((role) => access.held(entity, role) === 'ALL')) return true;
    const finders = listedBy?.((name) => this.#word(args, name)) ?? (proves?.length ? proves : entity.reachableFor);
    return finders.every((role) => roles.includes(role) || access.held(entity, role) === 'NONE');
  }

  #search = (args: Arguments, entity: Entity): TermSearch | undefined =>
    args.has('search') ? termSearch(this.#parts, `search:${args.key}`, entity, (inputs) => args.read(inputs).search) : undefined;

  /** A search finds a row by what the seat may read of it alone. */
  #searchable({ row: { entity }, args, scope }: ListRequest, alias: string, proven: Row['proven']): Sql[] {
    const driver = this.#search(args, entity);
    if (!entity.search || !driver) return [];
    const { rule, guarded } = entity.search;
    const may = (asked: Rule): Sql[] => {
      const decided = this.#isReadByAll(args, entity, scope, asked) || this.#parts.access.decideInline(entity, alias, asked.roles, proven);
      return decided === true ? [] : [decided === false ? new Sql('false') : decided];
    };
    const open = guarded && sql` and own.kind <> ${new Sql(quoted(guarded.kind))}`;
    return [
      ...driver.further(rowHandle(entity.table, alias)),
      ...may(rule),
      ...(guarded ? may(guarded.rule).map((holds) => anyOf([holds, driver.asked!(rowHandle(entity.table, alias), open)])) : []),
    ];
  }

  #shape(args: Arguments): FilterInput | undefined {
    if (!args.has('where')) return undefined;
    const shape = this.#parts.interview.ask(`where:${args.key}`, (inputs) => shapeOf(args.read(inputs).where));
    return shape ? (JSON.parse(shape) as FilterInput) : undefined;
  }
  #filterParameter =
    (args: Arguments): FilterParameter =>
    (path, sqlType, convert) =>
      this.#parts.parameters.use(`filter:${args.key}:${path.join('.')}:${sqlType}`, sqlType, (inputs) =>
        convert(valueAt(path, args.read(inputs))),
      );
  #drivingFilter(args: Arguments, entity: Entity): Driver | undefined {
    const shape = this.#shape(args);
    const { access } = this.#parts;
    return shape && driverOf({ entity, access, parameter: this.#filterParameter(args), holdsOne: this.#holdsOne(args) }, shape);
  }
  #holdsOne =
    (args: Arguments): HoldsOne =>
    (path) =>
      this.#parts.interview.ask(
        `one:${args.key}:${path.join('.')}`,
        (inputs) => (valueAt(path, args.read(inputs)) as unknown[]).length === 1,
      );

  #conditions(list: ListRequest, alias: string, proven: Row['proven']): Sql[] {
    const { parent, row, args, scope, type } = list;
    const { interview, parameters, access } = this.#parts;
    const { entity } = row;
    const handle = Object.fromEntries(Object.keys(entity.table.columns).map((name) => [name, new Sql(`${alias}.${name}`)]));
    const through = scope.join?.through ?? {};
    const reachable = scope.listedBy ? undefined : access.reachable(entity, alias, proven);
    const shape = this.#shape(args);
    const absentToo = scope.absentToo?.((name) => this.#word(args, name)) ?? false;
    const { organization } = parameters.seat;
    const [parameter, holdsOne] = [this.#filterParameter(args), this.#holdsOne(args)];
    const filter = { entity, access, alias, proven, organization, parameter, holdsOne };
    return [
      ...(scope.join ? [...tablesSql(through, parameters.seat).conditions, scope.join.on(parent, handle, rowHandles(through))] : []),
      ...(entity.present && !absentToo ? [entity.present(handle, parameters.seat)] : []),
      ...kindCondition(entity, alias, type),
      ...(reachable ? [reachable] : []),
      ...(scope.where ? [scope.where(handle, conditionInputs(interview, parameters, args))] : []),
      ...(shape ? [allOf([filterSql(filter, shape)])] : []),
      ...this.#searchable(list, alias, proven),
    ];
  }
}

const valueAt = (path: readonly string[], args: Record<string, unknown>): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], args);

/** Where a field's type is one kind of several in the table, the rows of that kind alone. */
export function kindCondition({ kinds }: Entity, alias: string, type: GraphQLNamedType): Sql[] {
  const kind = isObjectType(type) && kinds?.byType.get(type.name);
  return kind ? [sql`${new Sql(`${alias}.${kinds!.column}`)} = ${new Sql(quoted(kind.value))}`] : [];
}

function isBackward({ first, last }: Record<string, unknown>): boolean {
  if (first != null && last != null) throw badRequest(ONE_END);
  return last != null;
}

function sizeOf(given: unknown, name: string, most: number): number {
  const size = given ?? DEFAULT_ON_A_PAGE;
  if (!Number.isInteger(size) || (size as number) < 1 || (size as number) > most)
    throw badRequest({ en: `"${name}" must be between 1 and ${most}.`, 'zh-CN': `“${name}”必须在 1 到 ${most} 之间。` });
  return size as number;
}

const ONE_END: Text = { en: 'Ask for "first" or for "last", not for both.', 'zh-CN': '“first”和“last”只能使用其一。' };
