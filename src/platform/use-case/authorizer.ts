import type { Transaction } from '../database/transaction.ts';
import { Access, type Row } from '../graphql/read/access.ts';
import type { Entity } from '../graphql/read/entity.ts';
import { type Inputs, Interview } from '../graphql/read/interview.ts';
import { Parameters } from '../graphql/read/parameters.ts';
import { forbidden } from '../graphql/read/refusal.ts';
import { allOf, rowHandle, Sql, sql } from '../graphql/read/sql.ts';
import { notFound } from '../graphql/schema/refusal-type.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';

interface Asked {
  readonly lock?: boolean;
  readonly absentToo?: boolean;
}
interface Asking {
  readonly seat: Seat;
  readonly now: Date;
  readonly transaction: Transaction;
}

/** Asks the same rules that guard reading, of one row, under the transaction of a use case. */
export class Authorizer {
  readonly #entity: (type: string) => Entity;
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
  }

  async authorize(asking: Asking, type: string, id: string, rule: Rule | undefined, how: Asked): Promise<void> {
    const { seen, may } = await this.#ask(asking, type, id, rule, how);
    if (!seen) throw notFound({});
    if (!may) throw forbidden();
  }
  /** Whether the seat can come to the object at all. */
  async reaches(asking: Asking, type: string, id: string): Promise<boolean> {
    return (await this.#ask(asking, type, id, undefined, {})).seen;
  }
  async may(asking: Asking, type: string, id: string, rule: Rule): Promise<boolean> {
    const { seen, may } = await this.#ask(asking, type, id, rule, {});
    return seen && may;
  }

  async #ask(
    { seat, now, transaction }: Asking,
    type: string,
    id: string,
    rule: Rule | undefined,
    { lock = false, absentToo = false }: Asked,
  ): Promise<{ seen: boolean; may: boolean }> {
    const entity = this.#entity(type);
    const inputs: Inputs = { seat, now, variables: {}, source: { id }, coerced: new Map() };
    const parameters = new Parameters();
    const access = new Access(new Interview(inputs), parameters.seat);
    const row: Row = { entity, alias: 'asked', proven: [], wanted: [] };
    const handle = rowHandle(entity.table, row.alias) as Record<string, Sql>;
    const may = rule ? asSql(access.decideInline(entity, row.alias, rule.roles)) : new Sql('true');
    const reachable = access.reachable(entity, row.alias, []);
    const present = entity.present && !absentToo ? [entity.present(handle)] : [];
    const key = parameters.use('id', 'uuid', ({ source }) => source?.id);
    const where = allOf([
      sql`${handle.organization_id!} = ${parameters.seat.organization}`,
      sql`${handle[entity.key]!} = ${key}`,
      ...present,
      ...(reachable ? [reachable] : []),
    ]);
    const text = `select ${may.text} as may from ${entity.table.name} asked where ${where.text}${lock ? ' for update of asked' : ''}`;
    const { rows } = await transaction.client.query<{ may: boolean }>(
      text,
      parameters.binds.map((bind) => bind(inputs)),
    );
    return { seen: rows.length > 0, may: rows[0]?.may === true };
  }
}

const asSql = (may: boolean | Sql): Sql => (typeof may === 'boolean' ? new Sql(String(may)) : may);
