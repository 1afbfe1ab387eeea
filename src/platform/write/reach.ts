import type { Transaction } from '../database/transaction.ts';
import type { Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import { classOf } from '../permissions/seat-class.ts';
import { Access } from '../read/access.ts';
import type { Entity } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import type { Parameters } from '../sql/parameters.ts';
import { allOf, rowHandle, Sql, sql } from '../sql/sql.ts';
import { AskedStatements } from './asked-statements.ts';

/** Whether a seat can come to an object; `id` is a UUID. */
export interface ReachQuestion {
  readonly seat: Seat;
  readonly type: string;
  readonly id: string;
  /** Whether it holds a role of this rule toward the object; by default whether it can come to it at all. */
  readonly rule?: Rule;
}
/** Each of many seats, in the statement. */
const ASKING = new Sql('asking.seat');

/** Asks of many seats at once whether they can come to objects: by the rules that guard reading, one statement for the seats of one class. */
export class Reach {
  readonly #entity: (type: string) => Entity;
  readonly #statements = new AskedStatements();
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
  }

  /** @param asked of one organization, the transaction's. @returns those to which the answer is yes; the statement tells the others, who are few. */
  async among<Asked extends ReachQuestion>(asked: readonly Asked[], now: Date, { client }: Transaction): Promise<ReadonlySet<Asked>> {
    const lost = alike(asked).map(async (group) => {
      const { seat, type, rule } = group[0]!;
      const ids = { seats: group.map((one) => one.seat.id), ids: group.map(({ id }) => id) };
      const inputs: Inputs = { seat, now, variables: {}, source: ids, coerced: new Map() };
      const write = (interview: Interview, parameters: Parameters): string => textOf(this.#entity(type), rule, interview, parameters);
      const { name, text, values } = this.#statements.of(subjectOf(group[0]!), inputs, write, ASKING);
      const { rows } = await client.query<{ n: number }>({ name, text, values: values(inputs) });
      return rows.map(({ n }) => group[n - 1]!);
    });
    const unreached = new Set((await Promise.all(lost)).flat());
    return new Set(asked.filter((one) => !unreached.has(one)));
  }
}

const subjectOf = ({ type, rule }: ReachQuestion): string => (rule ? `${type} ${rule.name}` : type);
/** Those that one statement asks. */
const alike = <Asked extends ReachQuestion>(asked: readonly Asked[]): Asked[][] =>
  [...Map.groupBy(asked, subjectOf).values()].flatMap((same) => [...Map.groupBy(same, ({ seat }) => classOf(seat)).values()]);

function textOf(entity: Entity, rule: Rule | undefined, interview: Interview, parameters: Parameters): string {
  const handle = rowHandle(entity.table, 'asked') as Record<string, Sql>;
  const held = new Access(interview, parameters.seat).decideInline(entity, 'asked', rule?.roles ?? entity.reachableFor, [], true);
  const where = allOf([
    sql`${handle.organization_id!} = ${parameters.seat.organization}`,
    sql`${handle[entity.key]!} = ${new Sql('asking.id')}`,
    ...(entity.present ? [entity.present(handle, parameters.seat)] : []),
    ...(held === true ? [] : [held || sql`false`]),
  ]);
  const list = (name: string): string => parameters.use(name, 'uuid[]', ({ source }) => source?.[name]).text;
  return `select asking.n::int as n from unnest(${list('seats')}, ${list('ids')}) with ordinality as asking(seat, id, n)
    where (select true from ${entity.table.name} asked where ${where.text} limit 1) is not true`; // no join: it would read all rows there are
}
