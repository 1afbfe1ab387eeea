import { setTimeout as pause } from 'node:timers/promises';
import type { Compilable, Kysely } from 'kysely';
import pg from 'pg';
import type { Model } from '../entities/model.ts';
import type { EntitiesOfUse, UseEntities } from '../entities/use-entities.ts';
import { type ConnectionSource, take } from './connections.ts';
import type { Answer, Statement } from './exchange.ts';
import type { KnownQuery } from './known-query.ts';
import { OvertakenError } from './overtaken.error.ts';
import type { BoundStatement } from './read-database.ts';
import { prepared, Sending } from './sending.ts';
import type { KyselyTables, Table } from './table.ts';
import { TimeLimitError, within } from './time-limit.ts';
import { BEGIN, BEGIN_SNAPSHOT, COMMIT, enterOrganization, RELEASE, ROLLBACK_TO, SAVEPOINT } from './transaction-bounds.ts';
import { queriesOn } from './transaction-queries.ts';
import { isUuid } from './uuid.ts';
import { type Changes, change, inParts, insertion, type KeyOf, type NewRow } from './write.ts';

/** Asks for rows. In the transaction of an organization a statement that would do anything else is refused (`strayFault`). */
export type TransactionClient = Pick<pg.ClientBase, 'query'>;

/** An open transaction of one organization. */
export interface Transaction {
  /** Asks on its connection, after everything that was written before. There is nothing else to it. */
  readonly client: TransactionClient;
  /** Statements sent so far. */
  readonly statements: number;
  /** Typed queries on some tables, by their names: `tx.on({ contacts }).selectFrom('contacts')`. */
  on<Tables extends Record<string, Table>>(tables: Tables): Kysely<KyselyTables<Tables>>;
  /**
   * Sends a statement whose answer nobody needs, without waiting for it: what follows is sent behind it. Where it fails, the transaction
   * fails with its error.
   */
  send(statement: Compilable): void;
  /**
   * Inserts rows without waiting; several writes leave as one statement. Where one fails, the transaction fails with its error.
   * @param rows each with the same columns. @param known `kept` leaves a row alone whose key is there already.
   */
  insert<T extends Table>(table: T, rows: NewRow<T> | readonly NewRow<T>[], known?: 'refused' | 'kept'): void;
  ask<Given, Row>(query: KnownQuery<Given, Row>, given: Given): Promise<Row[]>;
  /**
   * Asks for a text without waiting. @returns what the one row of one column holds, known at the latest when the transaction is committed;
   * where it fails, so does the transaction.
   */
  readText(statement: BoundStatement): Promise<string>;
  /**
   * Changes one row without waiting, in the same way. @param key the whole primary key. @param expected what the row holds as yet: where it
   * does not, the transaction fails.
   */
  update<T extends Table>(table: T, key: KeyOf<T>, changes: Changes<T>, expected?: Readonly<Record<string, unknown>>): void;
  /** MikroORM's entity manager on this transaction: what it has changed is written by `flush`, and at the end. */
  entities(model: Model): UseEntities;
  /** Writes what the entity manager has changed, without waiting. */
  flush(): Promise<void>;
  /** Forgets all entities, with what was changed of them. */
  forget(): void;
}

/** PostgreSQL's codes for "somebody else was first, try again". */
const SERIALIZATION = new Set(['40001', '40P01']);
/** PostgreSQL's code for a lock that was not had in its time. */
const LOCKED = '55P03';
const ATTEMPTS = 4;
/** The longest rest before the second attempt, in milliseconds: who begins again at once may take again the lock that the other waits for. */
const REST = 20;

/**
 * Runs `work` in one transaction of one organization; everything or nothing happens.
 * @param organization id; written into the transaction's settings, which row level security reads.
 * @param milliseconds that `work` has, at each attempt; by default as long as it takes.
 * @throws what `work` throws, after the rollback. A deadlock is tried again, as is what was overtaken (`OvertakenError`), and what meets a lock
 * that others hold for longer than a moment: it waits for it among those who take long, so that no lock keeps all connections. So `work` must
 * have no effect outside the database.
 */
export async function inTransaction<T>(
  source: ConnectionSource,
  organization: string,
  work: (transaction: Transaction) => Promise<T>,
  milliseconds?: number,
): Promise<T> {
  if (!isUuid(organization)) throw new Error('A transaction needs an organization.');
  let isSlow = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(source, organization, BEGIN, work, { milliseconds, isSlow });
    } catch (error) {
      const isOvertaken = error instanceof OvertakenError;
      if (attempt === ATTEMPTS && isOvertaken) throw error.cause;
      if (attempt === ATTEMPTS || !(isOvertaken || isConflict(error))) throw error;
      if (!isOvertaken && error.code === LOCKED) isSlow = true;
      else await pause(Math.random() * REST * attempt);
    }
  }
}

/** Reads in one snapshot of one organization; what `work` writes is refused by the database. */
export async function inReadOnlyTransaction<T>(
  source: ConnectionSource,
  organization: string,
  work: (transaction: Transaction) => Promise<T>,
  milliseconds?: number,
): Promise<T> {
  if (!isUuid(organization)) throw new Error('A transaction needs an organization.');
  return once(source, organization, BEGIN_SNAPSHOT, work, { milliseconds });
}

/** A transaction without an organization, for roles whose tables have none (identity) or that serve all (the worker). */
export const inPlainTransaction = <T>(pool: pg.Pool, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  once(pool, undefined, BEGIN, work);

/**
 * Work whose answers are waited for when the commit is on its way, so that all of it is one exchange. It must ask everything at once: what
 * it asked after an answer would come behind the commit.
 *
 * @example
 * const { answer } = await inTransaction(pool, organization, atOnce(async ({ client }) => (await client.query(counting)).rows));
 */
export const atOnce =
  <T>(work: (transaction: Transaction) => Promise<T>) =>
  async (transaction: Transaction): Promise<{ readonly answer: Promise<T> }> => {
    const answer = work(transaction);
    answer.catch(() => {}); // told by the transaction
    return { answer };
  };

async function once<T>(
  source: ConnectionSource,
  organization: string | undefined,
  begin: Statement,
  work: (transaction: Transaction) => Promise<T>,
  { milliseconds = Number.POSITIVE_INFINITY, isSlow = false }: { milliseconds?: number; isSlow?: boolean } = {},
): Promise<T> {
  const held = await take(source, isSlow);
  const { client } = held;
  let isBroken = false;
  const sending = new Sending(client, organization !== undefined);
  try {
    sending.send(begin);
    if (organization) sending.send(enterOrganization(organization, held.isShared && !isSlow));
    const current = transactionOn(client, organization, sending);
    const doing = work(current);
    const result = await (Number.isFinite(milliseconds) ? within(doing, milliseconds) : doing);
    await current.flush();
    sending.send(COMMIT);
    await sending.settled();
    return result;
  } catch (error) {
    sending.forget();
    // what was given up may still use its connection: closed, it is of no use to it, and rolled back
    if (error instanceof TimeLimitError) held.giveUp();
    if (!held.isGivenUp)
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
    throw sending.causeOf(error);
  } finally {
    held.release(isBroken, sending.byPlugin);
  }
}

const sendings = new WeakMap<Transaction, Sending>();

/**
 * Runs `work` so that a failure undoes it alone and leaves the rest of the transaction usable. Entities that were found before a failure are
 * to be found again after it.
 * @throws what `work` throws.
 */
export async function inSavepoint<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
  const sending = sendings.get(transaction)!;
  await transaction.flush();
  await sending.settled();
  sending.send(SAVEPOINT);
  try {
    const result = await work();
    await transaction.flush();
    await sending.settled();
    sending.send(RELEASE);
    return result;
  } catch (error) {
    sending.forget();
    transaction.forget();
    sending.send(ROLLBACK_TO);
    sending.send(RELEASE);
    throw sending.causeOf(error);
  }
}

export const transactionOn = (
  pooled: pg.PoolClient,
  organization?: string,
  sending = new Sending(pooled, organization !== undefined),
): Transaction => {
  const client = inOrder(sending);
  let kysely: Kysely<unknown> | undefined;
  let em: EntitiesOfUse | undefined;
  const own = (): string => {
    if (!organization) throw new Error('Rows are written in the transaction of an organization.');
    return organization;
  };
  const transaction: Transaction = {
    client,
    get statements() {
      return sending.count;
    },
    on: <Tables extends Record<string, Table>>() => {
      kysely ??= queriesOn(client, organization);
      return kysely as unknown as Kysely<KyselyTables<Tables>>;
    },
    send: (statement) => {
      const { sql, parameters } = statement.compile();
      sending.send(prepared(sql, parameters));
    },
    ask: async <Given, Row>(query: KnownQuery<Given, Row>, given: Given) => (await sending.ask<Row>(query.statement(own(), given))).rows,
    readText: ({ statement: { text }, values }) => sending.sendForText(prepared(text, values)),
    insert: (table, rows, known) => {
      const all = (Array.isArray(rows) ? rows : [rows]) as Record<string, unknown>[];
      for (const part of inParts(all)) sending.write(insertion(table, own(), part, known));
    },
    update: (table, key, changes, expected) => sending.write(change(table, own(), key, changes, expected)),
    entities: (model) => {
      em ??= model.on(sending, own());
      return em.given;
    },
    flush: async () => em?.flush(),
    forget: () => em?.forget(),
  };
  sendings.set(transaction, sending);
  return Object.freeze(transaction);
};

/** The connection, on which nothing overtakes what was written before. What it is made of is in nobody's reach. */
function inOrder(sending: Sending): TransactionClient {
  const query = (statement: string | Statement, values?: readonly unknown[]): Promise<Answer<unknown>> =>
    sending.ask(typeof statement === 'string' ? { text: statement, values } : statement);
  return Object.freeze({ query }) as unknown as TransactionClient;
}

const isConflict = (error: unknown): error is pg.DatabaseError =>
  error instanceof pg.DatabaseError && (error.code === LOCKED || SERIALIZATION.has(error.code ?? ''));
