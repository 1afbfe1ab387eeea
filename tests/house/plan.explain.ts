import pg from 'pg';
import type { BoundStatement, ReadDatabase } from '../../src/platform/database/read-database.ts';
import { ORGANIZATION_SETTING } from '../../src/platform/database/server-roles.ts';

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

/** A step that reads a table, or sorts: what there is to see of a plan's cost. */
export interface Step {
  readonly name: string;
  readonly rows: number;
  readonly loops: number;
}
/** The steps of a plan that were carried out. */
export const outlineOf = (plan: PlanNode): Step[] =>
  stepsOf(plan).flatMap((step) => {
    const kind = step['Node Type'];
    const of = step['Index Name'] ?? step['Relation Name'];
    const done = { rows: step['Actual Rows'] ?? 0, loops: step['Actual Loops'] ?? 0 };
    if (!done.loops) return [];
    if (step['Relation Name']) return [{ name: `${kind} ${of}`, ...done }];
    return kind.endsWith('Sort') ? [{ name: kind, ...done }] : [];
  });

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
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString());
  return pg.escapeLiteral(Array.isArray(value) ? `{${value.map((one) => JSON.stringify(String(one))).join(',')}}` : String(value));
}

/** Tables that grow with an organization: none of them is ever read from end to end. */
const GROWING = [
  'contacts',
  'contact_shares',
  'contact_tags',
  'contact_search_terms',
  'contact_history',
  'interactions',
  'business_forms',
  'form_tasks',
  'form_participants',
  'products',
];
/** More descents of an index a row looked up for are a skip through it, for want of an index that begins with what is looked for; before PostgreSQL 18 there is no such thing. */
const MOST_SEARCHES = 3;

const growing = (plan: PlanNode): PlanNode[] => stepsOf(plan).filter((step) => GROWING.includes(step['Relation Name']!));
const loops = (step: PlanNode, rows = 0): number => rows * (step['Actual Loops'] ?? 1);
/** Tables that grow and are read from end to end. */
export const scans = (plan: PlanNode): string[] =>
  growing(plan).flatMap((step) => (step['Node Type'] === 'Seq Scan' ? [step['Relation Name']!] : []));
/** Rows that one sort takes, all loops together. */
export const mostSorted = (plan: PlanNode): number =>
  Math.max(
    0,
    ...stepsOf(plan).flatMap((step) =>
      step['Node Type'].endsWith('Sort') ? (step.Plans ?? []).map((of) => loops(of, of['Actual Rows'])) : [],
    ),
  );
/** Rows that one step reads of a table that grows, all loops together. */
export const mostRead = (plan: PlanNode): number =>
  Math.max(0, ...growing(plan).map((step) => loops(step, (step['Actual Rows'] ?? 0) + (step['Rows Removed by Filter'] ?? 0))));
/** Indexes that are skipped through. */
export const skipped = (plan: PlanNode): string[] =>
  growing(plan)
    .filter((step) => (step['Index Searches'] ?? 0) > loops(step, MOST_SEARCHES))
    .map((step) => step['Index Name']!);
