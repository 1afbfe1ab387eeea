import pg from 'pg';
import type { BoundStatement } from '../../platform/database/read-database.ts';
import { ORGANIZATION_SETTING } from '../../platform/database/server-roles.ts';

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

type Explained = { readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode; readonly 'Execution Time': number }[] };

/** The plan that requests run, which is made for all values alike, carried out with these. @returns with it the milliseconds that it took. */
export async function explained(
  pool: pg.Pool,
  organization: string,
  { statement, values }: BoundStatement,
): Promise<{ readonly plan: PlanNode; readonly execution: number }> {
  const client = await pool.connect();
  await client.query(`begin; set local ${ORGANIZATION_SETTING} = ${pg.escapeLiteral(organization)}`);
  try {
    await client.query(`prepare asked as ${statement.text}`);
    const execute = values.length ? `execute asked(${values.map(literal).join(', ')})` : 'execute asked';
    const { rows } = await client.query<Explained>(`explain (analyze, timing off, format json) ${execute}`);
    const { Plan: plan, 'Execution Time': execution } = rows[0]!['QUERY PLAN'][0]!;
    return { plan, execution };
  } finally {
    await client.query('rollback; deallocate all');
    client.release(true);
  }
}

/** A value as SQL writes it. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.map((one) => JSON.stringify(String(one))).join(',')}}` : String(value));
}
