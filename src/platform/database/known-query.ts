import { type Compilable, DummyDriver, Kysely } from 'kysely';
import type { Statement } from './exchange.ts';
import { ofOneOrganization } from './one-organization.ts';
import { prepared } from './sending.ts';
import type { KyselyTables, Table } from './table.ts';
import { postgresBy } from './transaction-queries.ts';

/** Stands in a query for a value that is given when it is asked. */
class Place {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}
const ORGANIZATION = new Place('organization');
const PLACES = new Proxy({}, { get: (_, name) => new Place(String(name)) });

/** A query whose text does not hang on its values: it is written once, and asked with others each time. */
export interface KnownQuery<Given, Row> {
  statement(organization: string, given: Given): Statement;
  /** Only tells TypeScript what it gives. */
  readonly row?: Row;
}
type Compiled<Row> = Compilable & { execute(): Promise<Row[]> };

/**
 * Writes a query once for all requests: written for each, it would take longer than being asked. The organization is added to each table.
 * @param write gets places that stand for the values; a list, or a value on which hangs what is written, is not for it.
 *
 * @example
 * const openLoan = knownQuery({ loans }, (db, given: { id: string }) => db.selectFrom('loans').select('tool').where('id', '=', given.id));
 * const [loan] = await use.on(Loan).ask(openLoan, { id });
 */
export function knownQuery<Tables extends Record<string, Table>, Given extends object, Row>(
  _tables: Tables,
  write: (db: Kysely<KyselyTables<Tables>>, given: Given) => Compiled<Row>,
): KnownQuery<Given, Row> {
  let known: { readonly text: string; readonly parameters: readonly unknown[] } | undefined;
  return {
    statement(organization, given) {
      if (!known) {
        const { sql, parameters } = write(COMPILER as unknown as Kysely<KyselyTables<Tables>>, PLACES as Given).compile();
        known = { text: sql, parameters };
      }
      const filled = (value: unknown): unknown =>
        value === ORGANIZATION ? organization : value instanceof Place ? given[value.name as keyof Given] : value;
      return prepared(known.text, known.parameters.map(filled));
    },
  };
}

const COMPILER = new Kysely<unknown>({
  plugins: [ofOneOrganization(ORGANIZATION)],
  dialect: postgresBy(() => new DummyDriver()),
});
