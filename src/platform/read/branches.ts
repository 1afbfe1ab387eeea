import type { Table } from '../database/table.ts';
import type { Role } from '../permissions/rule.ts';
import { type Sql, sql } from '../sql/sql.ts';
import type { Access } from './access.ts';
import type { Way } from './entity-role.ts';
import type { Driver, PageRequest, ValueOrder } from './page-request.ts';

/** One way in which rows of a page are found. */
export interface Branch {
  readonly role?: Role;
  readonly way?: Way;
  /** Rows are read in their order and asked, not found by the way. */
  readonly asked?: boolean;
  /** What finds the rows, beside a way. */
  readonly drivers?: readonly Driver[];
  /** Taken only where the preferred driver finds few rows, which are those that were looked at; or only where it finds many. */
  readonly when?: 'RARE' | 'COMMON';
  /** In an order by values that is walked: rows that have one, or those that have none. */
  readonly part?: 'RANKED' | 'UNRANKED';
}
const RARE_AMONG_FEW = 200;
const RARE_AMONG_MANY = 1_000;

export class Branches {
  readonly #access: Access;
  constructor(access: Access) {
    this.#access = access;
  }

  /** How rows are found: by what the seat sees, by what is looked for, or by either, depending on how much that is. */
  of(request: PageRequest): readonly Branch[] {
    const visible = this.#visibleBranches(request);
    const [driver, other] = request.drivers;
    if (visible.length === 0) return visible;
    const seesMuch = this.#seesMuch(request, visible);
    if (request.byValue) return walking(request.byValue, visible, seesMuch && !driver);
    if (!driver) return visible;
    if (seesMuch && driver.inOrder) return [{ drivers: [driver] }];
    const otherwise: readonly Branch[] = seesMuch && other?.inOrder ? [{ drivers: [other] }] : visible;
    return [{ drivers: request.drivers, when: 'RARE' }, ...otherwise.map((branch): Branch => ({ ...branch, when: 'COMMON' }))];
  }

  #seesMuch = ({ ofParent }: PageRequest, visible: readonly Branch[]): boolean =>
    !ofParent && visible.some(({ way, asked }) => way === undefined || asked === true);

  /** How many rows a driver may find so that they are cheaper asked one by one than what the seat sees. */
  rareUpTo(request: PageRequest, branches: readonly Branch[]): number {
    if (request.byValue) return RARE_AMONG_MANY;
    const otherwise = branches.filter(({ when }) => when === 'COMMON');
    return this.#seesMuch(request, otherwise) ? RARE_AMONG_MANY : RARE_AMONG_FEW;
  }

  /** One branch without a role where no role decides: all rows that the conditions admit. */
  #visibleBranches({ entity, branches, drivers }: PageRequest): readonly Branch[] {
    if (!branches) return [{}];
    if (branches.some((role) => this.#access.held(entity, role) === 'ALL')) return [{}];
    const asked = branches.filter((role) => this.#access.held(entity, role) === 'SOME');
    const searched = drivers.some((driver) => !driver.inOrder);
    return asked.flatMap((role) => {
      const many = this.#access.towardMany(entity, role, searched);
      return entity.roles.find((one) => one.role === role)!.ways.map((way) => ({ role, way, asked: many }));
    });
  }

  /** Every row bears one of these roles: the branch's, or one of those that the driver's rows were asked for. Empty: nothing is known. */
  proven({ entity, branches: listedBy }: PageRequest, branches: readonly Branch[]): readonly Role[] {
    const held = (role: Role): string => this.#access.held(entity, role);
    const isKnown = listedBy?.every((role) => held(role) !== 'ALL') === true;
    const asked = isKnown ? listedBy.filter((role) => held(role) === 'SOME') : [];
    const roles = branches.map(({ role, drivers, when }) => (drivers || when === 'RARE' ? asked : role ? [role] : []));
    return roles.every((some) => some.length > 0) ? [...new Set(roles.flat())] : [];
  }
}

/**
 * An order by values: few rows are sorted by what they stand by. Of many, those with a value are found in the order of its index and asked
 * whether they are of the list; those without, as they always are.
 */
function walking({ ranked }: ValueOrder, visible: readonly Branch[], isOfMany: boolean): readonly Branch[] {
  const many: readonly Branch[] = [
    { drivers: [ranked], part: 'RANKED' },
    ...visible.map((branch): Branch => ({ ...branch, part: 'UNRANKED' })),
  ];
  return isOfMany ? many : [{ when: 'RARE' }, ...many.map((branch): Branch => ({ ...branch, when: 'COMMON' }))];
}

export const whenSql = ({ when }: Branch): Sql[] =>
  when ? [when === 'RARE' ? sql`(select rare from measured)` : sql`not (select rare from measured)`] : [];
/** Drivers whose tables the rows are joined to; those of a rare one were looked at already. */
const joinedDrivers = ({ drivers = [], when }: Branch): readonly Driver[] => (when === 'RARE' ? drivers.slice(1) : drivers);
/** What ties the rows to what finds them. */
export function drivenBy(branch: Branch, rowKey: Sql): Sql[] {
  const key = branch.when === 'RARE' ? sql`looked.key` : rowKey;
  return joinedDrivers(branch).map((driver) => sql`${driver.finds} and ${driver.key} = ${key}`);
}
export const tablesBetween = (request: PageRequest, branch: Branch): Record<string, Table> =>
  Object.assign({}, joinedBy(branch), ...joinedDrivers(branch).map(({ through }) => through), request.through);

/** Tables that stand between seat and row; those of keys stand beside the rows, not between. */
const joinedBy = ({ way, asked }: Branch): Record<string, Table> => (way && !way.among && !asked ? way.through : {});

/**
 * Rows are read from their own table alone: by an index of it, or, where all rows of a parent are wanted and nothing else finds them, by
 * asking for what stands between.
 */
export const isDirect = (request: PageRequest, branch: Branch): boolean =>
  (!branch.way?.among || branch.asked === true) &&
  (Object.keys(tablesBetween(request, branch)).length === 0 || (request.isWhole && !branch.way && !branch.drivers));
