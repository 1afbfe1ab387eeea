import { createHash } from 'node:crypto';
import type { Transaction } from '../database/transaction.ts';
import { Access } from '../graphql/read/access.ts';
import type { Entity } from '../graphql/read/entity.ts';
import { type Inputs, Interview, PlanTree } from '../graphql/read/interview.ts';
import { Parameters } from '../graphql/read/parameters.ts';
import type { Statement } from '../graphql/read/planner.ts';
import { allOf, rowHandle, Sql, sql } from '../graphql/read/sql.ts';
import type { Seat } from '../permissions/seat.ts';
import { classOf } from '../permissions/seat-class.ts';

/** Whether a seat can come to an object; `id` is a UUID. */
export interface ReachQuestion {
  readonly seat: Seat;
  readonly type: string;
  readonly id: string;
}
interface Prepared extends Statement {
  readonly name: string;
}

/** Asks of many seats at once whether they can come to objects: by the rules that guard reading, one statement for the seats of one class. */
export class Reach {
  readonly #entity: (type: string) => Entity;
  readonly #plans = new Map<string, PlanTree<Prepared>>();
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
  }

  /** @param asked of one organization, the transaction's. @returns those to which the answer is yes; the statement tells the others, who are few. */
  async among<Asked extends ReachQuestion>(asked: readonly Asked[], now: Date, { client }: Transaction): Promise<ReadonlySet<Asked>> {
    const lost = alike(asked).map(async (group) => {
      const { seat, type } = group[0]!;
      const ids = { seats: group.map((one) => one.seat.id), ids: group.map(({ id }) => id) };
      const inputs: Inputs = { seat, now, variables: {}, source: ids, coerced: new Map() };
      const { name, text, values } = this.#statement(type, inputs);
      const { rows } = await client.query<{ n: number }>({ name, text, values: values(inputs) });
      return rows.map(({ n }) => group[n - 1]!);
    });
    const unreached = new Set((await Promise.all(lost)).flat());
    return new Set(asked.filter((one) => !unreached.has(one)));
  }

  #statement(type: string, inputs: Inputs): Prepared {
    const tree = this.#plans.get(type) ?? new PlanTree<Prepared>();
    this.#plans.set(type, tree);
    const known = tree.find(inputs);
    if (known) return known;
    const interview = new Interview(inputs);
    return tree.add(interview, statementOf(this.#entity(type), interview));
  }
}

/** Those that one statement asks. */
const alike = <Asked extends ReachQuestion>(asked: readonly Asked[]): Asked[][] =>
  [...Map.groupBy(asked, ({ type }) => type).values()].flatMap((same) => [...Map.groupBy(same, ({ seat }) => classOf(seat)).values()]);

function statementOf(entity: Entity, interview: Interview): Prepared {
  const parameters = new Parameters(new Sql('asking.seat'));
  const handle = rowHandle(entity.table, 'asked') as Record<string, Sql>;
  const reachable = new Access(interview, parameters.seat).reachable(entity, 'asked', [], true);
  const where = allOf([
    sql`${handle.organization_id!} = ${parameters.seat.organization}`,
    sql`${handle[entity.key]!} = ${new Sql('asking.id')}`,
    ...(entity.present ? [entity.present(handle)] : []),
    ...(reachable ? [reachable] : []),
  ]);
  const list = (name: string): string => parameters.use(name, 'uuid[]', ({ source }) => source?.[name]).text;
  const text = `select asking.n::int as n from unnest(${list('seats')}, ${list('ids')}) with ordinality as asking(seat, id, n)
    where (select true from ${entity.table.name} asked where ${where.text} limit 1) is not true`; // no join: it would read all rows there are
  const { binds } = parameters;
  const name = `reach_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  return { name, text, values: (inputs) => binds.map((bind) => bind(inputs)) };
}
