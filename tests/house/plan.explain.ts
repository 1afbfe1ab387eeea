import { type PlanNode, stepsOf } from '../../src/app/explain/statement-plan.ts';

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

/** Tables that grow with an organization: none of them is ever read from end to end. */
const GROWING = [
  'contacts',
  'contact_shares',
  'contact_tags',
  'contact_search_terms',
  'tag_search_terms',
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
