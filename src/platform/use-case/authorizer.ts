import { createHash } from 'node:crypto';
import type { Transaction } from '../database/transaction.ts';
import { Access, type Row } from '../graphql/read/access.ts';
import type { Entity } from '../graphql/read/entity.ts';
import { type Inputs, Interview, PlanTree } from '../graphql/read/interview.ts';
import { Parameters } from '../graphql/read/parameters.ts';
import type { Statement } from '../graphql/read/planner.ts';
import { forbidden } from '../graphql/read/refusal.ts';
import { allOf, rowHandle, Sql, sql } from '../graphql/read/sql.ts';
import { notFound } from '../graphql/schema/refusal-type.ts';
import type { Role, Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';

interface Asked {
  readonly lock?: boolean;
  readonly absentToo?: boolean;
  /** Of the input field that names the object: to blame where nothing is found. */
  readonly path?: readonly string[];
}
interface Question extends Asked {
  readonly entity: Entity;
  /** Roles that are asked for; undefined: only whether the row is seen. */
  readonly roles: readonly Role[] | undefined;
}
interface Asking {
  readonly seat: Seat;
  readonly now: Date;
  readonly transaction: Transaction;
}

/** Asks the same rules that guard reading, of rows by their ids, under the transaction of a use case. */
export class Authorizer {
  readonly #entity: (type: string) => Entity;
  readonly #plans = new Map<string, PlanTree<Prepared>>();
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
  }

  async authorize(asking: Asking, type: string, id: string, rule: Rule | undefined, { path, ...how }: Asked): Promise<void> {
    const [found] = await this.#ask(asking, type, [id], rule, how);
    if (!found) throw notFound({}, path);
    if (!found.may) throw how.absentToo ? notFound({}, path) : forbidden(); // what is not present is only there for those who may act on it
  }
  /** Which of some objects the seat can come to at all. */
  async reachable(asking: Asking, type: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#ask(asking, type, ids, undefined, {})).map(({ id }) => id));
  }
  async may(asking: Asking, type: string, id: string, rule: Rule): Promise<boolean> {
    const [found] = await this.#ask(asking, type, [id], rule, {});
    return found?.may === true;
  }

  /** The rows that the seat sees, and whether it may. */
  async #ask(
    { seat, now, transaction }: Asking,
    type: string,
    ids: readonly string[],
    rule: Rule | undefined,
    how: Asked,
  ): Promise<{ id: string; may: boolean }[]> {
    const inputs: Inputs = { seat, now, variables: {}, source: { ids }, coerced: new Map() };
    const { name, text, values } = this.#statement({ entity: this.#entity(type), roles: rule?.roles, ...how }, inputs);
    return (await transaction.client.query<{ id: string; may: boolean }>({ name, text, values: values(inputs) })).rows;
  }

  #statement(question: Question, inputs: Inputs): Prepared {
    const { entity, roles, lock, absentToo } = question;
    const key = [entity.name, roles?.map(({ name }) => name), lock, absentToo].join(':');
    const tree = this.#plans.get(key) ?? new PlanTree<Prepared>();
    this.#plans.set(key, tree);
    const known = tree.find(inputs);
    if (known) return known;
    const interview = new Interview(inputs);
    return tree.add(interview, statementOf(question, interview));
  }
}

interface Prepared extends Statement {
  readonly name: string;
}

/** Prepared under its name: planning it costs several times what running it does. */
function statementOf({ entity, roles, lock, absentToo }: Question, interview: Interview): Prepared {
  const parameters = new Parameters();
  const access = new Access(interview, parameters.seat);
  const row: Row = { entity, alias: 'asked', proven: [], wanted: [] };
  const handle = rowHandle(entity.table, row.alias) as Record<string, Sql>;
  const may = roles ? asSql(access.decideInline(entity, row.alias, roles, [], true)) : new Sql('true');
  const reachable = access.reachable(entity, row.alias, [], true);
  const present = entity.present && !absentToo ? [entity.present(handle)] : [];
  const key = handle[entity.key]!;
  const where = allOf([
    sql`${handle.organization_id!} = ${parameters.seat.organization}`,
    sql`${key} = any(${parameters.use('ids', 'uuid[]', ({ source }) => source?.ids)})`,
    ...present,
    ...(reachable ? [reachable] : []),
  ]);
  const lockRow = lock ? ' for update of asked' : '';
  const text = `select ${key.text} as id, ${may.text} as may from ${entity.table.name} asked where ${where.text}${lockRow}`;
  const { binds } = parameters;
  const name = `ask_${createHash('sha256').update(text).digest('base64url').slice(0, 20)}`;
  return { name, text, values: (inputs) => binds.map((bind) => bind(inputs)) };
}

const asSql = (may: boolean | Sql): Sql => (typeof may === 'boolean' ? new Sql(String(may)) : may);
