import { PostgreSqlConnection, type PostgreSqlPlatform } from '@mikro-orm/postgresql';
import { prepared } from '../database/sending.ts';
import { RELEASE, ROLLBACK_TO, SAVEPOINT } from '../database/transaction-bounds.ts';
import { bound } from './bound-text.ts';
import { Work, workOf } from './work.ts';

/** Sends what MikroORM asks through the connection of the use case’s own transaction. */
export class UseConnection extends PostgreSqlConnection {
  /** Values are bound, and what comes again is prepared: as it is, MikroORM writes values into the text. */
  override async execute<T>(
    query: string,
    params: readonly unknown[] = [],
    method: 'all' | 'get' | 'run' = 'all',
    ctx?: unknown,
  ): Promise<T> {
    const work = workOf(ctx);
    const { text, values } = bound(query, params, this.platform as PostgreSqlPlatform);
    if (work.flushing && method === 'run' && !text.includes(' returning ')) {
      work.sending.send(prepared(text, values));
      return { affectedRows: 1, insertId: 0, row: {}, rows: [] } as T;
    }
    const { rows, rowCount } = await work.sending.ask(prepared(text, values));
    return this.transformRawResult({ rows, numAffectedRows: BigInt(rowCount ?? 0) } as never, method) as T;
  }
  /** A use case is one transaction: what MikroORM begins in it is a savepoint. */
  override async begin({ ctx }: { ctx?: unknown } = {}): Promise<never> {
    const work = workOf(ctx);
    await work.sending.settled();
    work.sending.send(SAVEPOINT);
    return new Work(work.sending, work.organization) as never;
  }
  override async commit(ctx: unknown): Promise<void> {
    const { sending } = workOf(ctx);
    await sending.settled();
    sending.send(RELEASE);
  }
  override async rollback(ctx: unknown): Promise<void> {
    const { sending } = workOf(ctx);
    sending.forget();
    sending.send(ROLLBACK_TO);
    sending.send(RELEASE);
    sending.causeOf(undefined);
  }
}
