import pg from 'pg';
import type { BoundStatement, ReadDatabase } from '../../src/platform/database/read-database.ts';
import { inTransaction } from '../../src/platform/database/transaction.ts';

/** One step of a plan, as EXPLAIN tells it. */
export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  /** Descents of an index, all loops together. */
  readonly 'Index Searches'?: number;
  readonly Plans?: readonly PlanNode[];
}

export const stepsOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(stepsOf)];

/** Notes the statements that reads send. */
export function recorded(reads: ReadDatabase): { readonly reads: ReadDatabase; take(): BoundStatement[] } {
  let sent: BoundStatement[] = [];
  return {
    reads: {
      get statements() {
        return reads.statements;
      },
      read: (organization, bound) => {
        sent.push(...bound);
        return reads.read(organization, bound);
      },
    },
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}

type Explained = { readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode; readonly 'Execution Time': number }[] };

/** The plan that requests run, which is made for all values alike, carried out with these. @returns with it the milliseconds that it took. */
export const explained = (
  pool: pg.Pool,
  organization: string,
  { statement, values }: BoundStatement,
): Promise<{ readonly plan: PlanNode; readonly execution: number }> =>
  inTransaction(pool, organization, async ({ client }) => {
    await client.query(`prepare asked as ${statement.text}`);
    try {
      const execute = values.length ? `execute asked(${values.map(literal).join(', ')})` : 'execute asked';
      const { rows } = await client.query<Explained>(`explain (analyze, timing off, format json) ${execute}`);
      const { Plan: plan, 'Execution Time': execution } = rows[0]!['QUERY PLAN'][0]!;
      return { plan, execution };
    } finally {
      await client.query('deallocate asked');
    }
  });
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.map((one) => JSON.stringify(String(one))).join(',')}}` : String(value));
}
