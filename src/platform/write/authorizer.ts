import type { Transaction } from '../database/transaction.ts';
import type { Role, Rule } from '../permissions/rule.ts';
import type { Seat } from '../permissions/seat.ts';
import { Access } from '../read/access.ts';
import type { Entity } from '../read/entity.ts';
import type { Inputs, Interview } from '../read/interview.ts';
import { forbidden } from '../read/refusal.ts';
import { notFound } from '../schema/refusal-type.ts';
import type { Parameters } from '../sql/parameters.ts';
import { allOf, rowHandle, Sql, sql } from '../sql/sql.ts';
import { type AskedStatement, AskedStatements } from './asked-statements.ts';
import { type Seen, Sight } from './sight.ts';

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
  /** Milliseconds after which whoever locks rows has waited for them. */
  readonly askedAgainAfter: number = 50;
  readonly #entity: (type: string) => Entity;
  readonly #statements = new AskedStatements();
  readonly #sight: Sight;
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
    this.#sight = new Sight(entity);
  }

  /** Which rows of a type some seats find, each by its own rights. */
  seenBy({ now, transaction }: Asking, type: string, seats: readonly Seat[]): Promise<Seen> {
    return this.#sight.of(type, seats, now, transaction);
  }

  async authorize(asking: Asking, type: string, id: string, rule: Rule | undefined, { path, ...how }: Asked): Promise<void> {
    const [found] = await this.#ask(asking, type, [id], rule, how);
    if (!found) throw notFound({}, path);
    if (!found.may) throw how.absentToo ? notFound({}, path) : forbidden(rule); // what is not present is only there for those who may act on it
  }
  /**
   * Finds and locks the rows of several objects by one question, in the order of their ids.
   * @returns why not, for those that the seat may not act on.
   */
  async authorizeEach(asking: Asking, type: string, ids: readonly string[], rule: Rule, how: Asked): Promise<ReadonlyMap<string, Error>> {
    const found = new Map((await this.#ask(asking, type, ids, rule, how)).map(({ id, may }) => [id, may]));
    const refusalOf = (id: string): Error => (!found.has(id) || how.absentToo ? notFound({}) : forbidden(rule));
    return new Map(ids.filter((id) => !found.get(id)).map((id) => [id, refusalOf(id)]));
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
    const ask = async () => (await transaction.client.query<{ id: string; may: boolean }>({ name, text, values: values(inputs) })).rows;
    const begun = performance.now();
    const rows = await ask();
    // whoever has waited for a row sees that row as it is now, and what else decides as it was before the wait
    return how.lock && performance.now() - begun >= this.askedAgainAfter ? ask() : rows;
  }

  #statement(question: Question, inputs: Inputs): AskedStatement {
    const { entity, roles, lock, absentToo } = question;
    const key = [entity.name, roles?.map(({ name }) => name), lock, absentToo].join(':');
    return this.#statements.of(key, inputs, (interview, parameters) => textOf(question, interview, parameters));
  }
}

function textOf({ entity, roles, lock, absentToo }: Question, interview: Interview, parameters: Parameters): string {
  const access = new Access(interview, parameters.seat);
  const handle = rowHandle(entity.table, ASKED) as Record<string, Sql>;
  const may = roles ? asSql(access.decideInline(entity, ASKED, roles, [], true)) : new Sql('true');
  const reachable = access.reachable(entity, ASKED, [], true);
  const present = entity.present && !absentToo ? [entity.present(handle, parameters.seat)] : [];
  const key = handle[entity.key]!;
  const where = allOf([
    sql`${handle.organization_id!} = ${parameters.seat.organization}`,
    sql`${key} = any(${parameters.use('ids', 'uuid[]', ({ source }) => source?.ids)})`,
    ...present,
    ...(reachable ? [reachable] : []),
  ]);
  // everybody locks in one order; what refers to a row by its key goes on meanwhile
  const lockRow = lock ? ` order by ${key.text} for no key update of ${ASKED}` : '';
  return `select ${key.text} as id, ${may.text} as may from ${entity.table.name} ${ASKED} where ${where.text}${lockRow}`;
}
const ASKED = 'asked';

const asSql = (may: boolean | Sql): Sql => (typeof may === 'boolean' ? new Sql(String(may)) : may);
