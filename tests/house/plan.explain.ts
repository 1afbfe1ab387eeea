import type pg from 'pg';
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

/** The plan that a request's role gets for these values, carried out. @returns with it the milliseconds that it took. */
export const explained = (
  pool: pg.Pool,
  organization: string,
  { statement, values }: BoundStatement,
): Promise<{ readonly plan: PlanNode; readonly execution: number }> =>
  inTransaction(pool, organization, async ({ client }) => {
    const { rows } = await client.query<Explained>(`explain (analyze, timing off, format json) ${statement.text}`, [...values]);
    const { Plan: plan, 'Execution Time': execution } = rows[0]!['QUERY PLAN'][0]!;
    return { plan, execution };
  });
/** The plan that a prepared statement may settle on: the same for all values. PostgreSQL 15 has no `explain (generic_plan)`. */
export const genericPlan = (pool: pg.Pool, organization: string, { statement, values }: BoundStatement): Promise<PlanNode> =>
  inTransaction(pool, organization, async ({ client }) => {
    await client.query(`set local plan_cache_mode = force_generic_plan; prepare asked as ${statement.text}`);
    try {
      const nulls = values.length ? `(${values.map(() => 'null').join(', ')})` : '';
      const { rows } = await client.query<Explained>(`explain (format json) execute asked${nulls}`);
      return rows[0]!['QUERY PLAN'][0]!.Plan;
    } finally {
      await client.query('deallocate asked');
    }
  });
