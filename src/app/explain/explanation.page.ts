import type { ExplainedQuery, ExplainedStatement } from './explained-query.ts';
import { literal, type PlanNode } from './statement-plan.ts';

/** An explanation as people read it in a terminal. */
export function explanationPage({ surface, seat, rules, statements, errors }: ExplainedQuery): string {
  const rights = seat.rights.length ? `, with ${seat.rights.join(' ')}` : '';
  const width = Math.max(0, ...rules.map(({ field }) => field.length));
  return [
    `Asked by ${seat.kind} ${seat.id} of organization ${seat.organization}${rights}, on the ${surface} schema.`,
    `\nRules\n`,
    ...rules.map(({ field, rule, admits, right }) => `  ${field.padEnd(width)}  ${rule}: ${admits.join(' ')}${right ? ` (${right})` : ''}`),
    ...(errors.length ? ['\nRefused\n', ...errors.map(({ path, code, rule }) => `  ${path}  ${code}${rule ? ` by ${rule}` : ''}`)] : []),
    ...statements.map(statement),
    statements.length ? '' : '\nNo statement: it is answered without the database, or refused before.\n',
  ].join('\n');
}

function statement({ field, text, values, plan, milliseconds }: ExplainedStatement, at: number): string {
  return [
    `\nStatement ${at + 1}${field ? `, ${field}` : ''}: ${milliseconds.toFixed(1)} ms\n`,
    text.replaceAll(/ (from|where|left join lateral|order by|limit|union all) /g, '\n  $1 '),
    ...values.map((value, i) => `  -- $${i + 1} = ${literal(value)}`),
    '',
    ...outline(plan, 1),
  ].join('\n');
}

function outline(step: PlanNode, depth: number): string[] {
  const of = step['Index Name'] ?? step['Relation Name'];
  const loops = step['Actual Loops'] ?? 1;
  const removed = step['Rows Removed by Filter'] ? `, ${step['Rows Removed by Filter']} passed over` : '';
  const line = `${'  '.repeat(depth)}${step['Node Type']}${of ? ` ${of}` : ''}: ${step['Actual Rows'] ?? 0} rows${loops > 1 ? ` × ${loops}` : ''}${removed}`;
  return loops === 0 ? [] : [line, ...(step.Plans ?? []).flatMap((one) => outline(one, depth + 1))];
}
