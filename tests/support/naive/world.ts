import { GraphQLError } from 'graphql';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { NaiveRoles, type NaiveSeat, type RoleNames } from './roles.ts';
import type { NaiveRow, Rows, TableName } from './rows.ts';

/** An object as the naive side answers with it: a row, and what the seat is toward it. */
export interface NaiveObject {
  readonly '@type': string;
  readonly row: NaiveRow<TableName>;
  readonly roles: RoleNames;
}
export type Args = Readonly<Record<string, unknown>>;
/** One field: whom it admits, and its value. */
export interface NaiveField<Row> {
  readonly roles: readonly string[];
  readonly plugin?: string;
  get(row: Row, ask: { readonly world: World; readonly args: Args; readonly roles: RoleNames }): unknown;
}
export type NaiveFields<Row> = Readonly<Record<string, NaiveField<Row>>>;

/** A type that stands on a table: who comes to its rows, by which id, and what they are called. */
export interface NaiveEntity<Name extends TableName = TableName> {
  readonly table: Name;
  readonly reachableFor: readonly string[];
  readonly fields: NaiveFields<NaiveRow<Name>>;
  /** Fields of single kinds of an interface, by the name of the kind. */
  readonly kinds?: Readonly<Record<string, NaiveFields<NaiveRow<Name>>>>;
  id(row: NaiveRow<Name>): string;
  typeOf?(row: NaiveRow<Name>): string;
  isPresent?(row: NaiveRow<Name>): boolean;
  roles(toward: NaiveRoles, row: NaiveRow<Name>): RoleNames;
}
export const entity = <Name extends TableName>(of: NaiveEntity<Name>): NaiveEntity => of as unknown as NaiveEntity;

export const INSIDERS: readonly string[] = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR', 'SHAREE'];
export const inside = <Row>(get: NaiveField<Row>['get']): NaiveField<Row> => ({ roles: INSIDERS, get });
export const idOf = ({ id }: { readonly id: string }): string => id;
export const employeeOf = (world: World, id: string | null): NaiveObject | null =>
  world.object(
    'Employee',
    world.rows.employees.find((one) => one.id === id),
  );

export const refuse = (code: string): GraphQLError => new GraphQLError(code, { extensions: { code } });

/** One organization as one seat sees it, row by row. */
export class World {
  readonly rows: Rows;
  readonly seat: NaiveSeat;
  readonly now: Date;
  readonly toward: NaiveRoles;
  readonly #entities: Readonly<Record<string, NaiveEntity>>;
  readonly #roles = new Map<string, RoleNames>();
  constructor(entities: Readonly<Record<string, NaiveEntity>>, rows: Rows, seat: NaiveSeat, now: Date) {
    this.rows = rows;
    this.seat = seat;
    this.now = now;
    this.toward = new NaiveRoles(rows, seat, now);
    this.#entities = entities;
  }

  isOff(plugin: string): boolean {
    return this.rows.pluginStates.some((state) => state.plugin === plugin && !state.enabled);
  }

  rolesToward(type: string, row: NaiveRow<TableName>): RoleNames {
    const of = this.#entities[type]!;
    const key = `${type}:${of.id(row)}`;
    const roles = this.#roles.get(key) ?? of.roles(this.toward, row);
    this.#roles.set(key, roles);
    return roles;
  }

  /** @returns null where the seat cannot come to the row. */
  object(type: string, row: NaiveRow<TableName> | undefined, { absentToo = false } = {}): NaiveObject | null {
    const of = this.#entities[type]!;
    if (!row || (!absentToo && of.isPresent?.(row) === false)) return null;
    const roles = this.rolesToward(type, row);
    if (!of.reachableFor.some((role) => roles.has(role))) return null;
    return { '@type': of.typeOf?.(row) ?? type, row, roles };
  }

  /** The object of a global id, whatever its type. */
  node(id: unknown, types: (type: string) => boolean): NaiveObject | null {
    for (const [type, of] of Object.entries(this.#entities)) {
      const row = this.rows[of.table].find((one) => encodeGlobalId(type, of.id(one)) === id);
      if (row) return types(type) ? this.object(type, row) : null;
    }
    return null;
  }
  byId(type: string, id: unknown): NaiveObject | null {
    return this.node(id, (found) => found === type);
  }

  /** Asks one field of one object. @throws PLUGIN_DISABLED, FORBIDDEN */
  ask({ '@type': type, row, roles }: NaiveObject, field: string, args: Args): unknown {
    const found = this.field(type, field);
    if (!found) throw new Error(`The naive side does not know ${type}.${field}.`);
    if (found.plugin && this.isOff(found.plugin)) throw refuse('PLUGIN_DISABLED');
    if (!found.roles.some((role) => roles.has(role))) throw refuse('FORBIDDEN');
    return found.get(row, { world: this, args, roles });
  }
  field(type: string, field: string): NaiveField<NaiveRow<TableName>> | undefined {
    return fieldOf(this.#entities, type, field);
  }
}

export function fieldOf(
  entities: Readonly<Record<string, NaiveEntity>>,
  type: string,
  field: string,
): NaiveField<NaiveRow<TableName>> | undefined {
  const own = entities[type]?.fields[field];
  if (own) return own;
  const of = Object.values(entities).find(({ kinds }) => kinds?.[type]);
  return of && (of.kinds![type]![field] ?? of.fields[field]);
}
