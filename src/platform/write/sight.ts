import type { Transaction } from '../database/transaction.ts';
import type { Seat } from '../permissions/seat.ts';
import { classOf } from '../permissions/seat-class.ts';
import { Access } from '../read/access.ts';
import type { Entity } from '../read/entity.ts';
import type { Inputs } from '../read/interview.ts';
import type { Parameters } from '../sql/parameters.ts';
import { allOf, rowHandle, Sql, sql } from '../sql/sql.ts';
import { AskedStatements } from './asked-statements.ts';

/** Rows by their keys, for each seat by its id. */
export type Seen = ReadonlyMap<string, ReadonlySet<string>>;
const LOOKING = new Sql('looking.me');

/** Which rows of a type seats find: by the roles that it is listed for, the same that guard its lists. */
export class Sight {
  readonly #entity: (type: string) => Entity;
  readonly #statements = new AskedStatements();
  constructor(entity: (type: string) => Entity) {
    this.#entity = entity;
  }

  /** @param seats of the transaction's organization, with the rights of the moment: those of one class are asked by one statement. */
  async of(type: string, seats: readonly Seat[], now: Date, { client }: Transaction): Promise<Seen> {
    const seen = new Map<string, Set<string>>(seats.map(({ id }) => [id, new Set()]));
    for (const alike of Map.groupBy(seats, classOf).values()) {
      const source = { seats: alike.map(({ id }) => id) };
      const inputs: Inputs = { seat: alike[0]!, now, variables: {}, source, coerced: new Map() };
      const { name, text, values } = this.#statements.of(
        type,
        inputs,
        (interview, parameters) => textOf(this.#entity(type), new Access(interview, parameters.seat), parameters),
        LOOKING,
      );
      const { rows } = await client.query<{ me: string; key: string }>({ name, text, values: values(inputs) });
      for (const { me, key } of rows) seen.get(me)!.add(key);
    }
    return seen;
  }
}

/** A branch for each way, each found from the seat. */
function textOf(entity: Entity, access: Access, parameters: Parameters): string {
  const row = rowHandle(entity.table, 'asked') as Record<string, Sql>;
  const looking = `unnest(${parameters.use('seats', 'uuid[]', ({ source }) => source?.seats).text}) as looking(me)`;
  const own = [
    sql`${row.organization_id!} = ${parameters.seat.organization}`,
    ...(entity.present ? [entity.present(row as never, parameters.seat)] : []),
  ];
  const branches = access
    .findings(entity, entity.listedFor, 'asked')
    .map(
      ({ tables, conditions }) =>
        `select looking.me, ${row[entity.key]!.text} as key from ${[looking, ...tables, `${entity.table.name} asked`].join(', ')} where ${allOf([...own, ...conditions]).text}`,
    );
  return branches.join(' union ') || `select null::uuid as me, null::uuid as key from ${looking} where false`;
}
