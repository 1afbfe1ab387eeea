import { recorded } from '../src/app/explain/recorded-reads.ts';
import { explained } from '../src/app/explain/statement-plan.ts';
import { startTestServer } from '../src/testing/test-server.ts';
import { outlineOf, type Step } from '../tests/house/plan.explain.ts';
import { openRequests, openSeats } from './data.ts';
import { asked, atEachSize, KINDS, READS } from './growth.ts';
import { Client } from './load.ts';
import type { Operation, SeatKind } from './operations.ts';

/** Plans of one kind of seat, by size, then by operation. */
type Plans = Record<string, Record<string, Step[]>>;

/** What PostgreSQL reads for the same operations as the data grows: tables in Markdown. @returns plans by the kind of seat. */
export async function explainGrowth(contacts: readonly number[], say: (line: string) => void): Promise<Record<string, Plans>> {
  const plans = await atEachSize(contacts, say, plansOf);
  for (const [kind, sizes] of Object.entries(plans)) for (const operation of READS) print(operation, kind, sizes, say);
  return plans;
}

async function plansOf(url: string): Promise<Record<string, Record<string, Step[]>>> {
  const requests = await openRequests(url, await openSeats(url, Object.fromEntries(KINDS.map((kind) => [kind, 5]))));
  const server = await startTestServer({ databaseUrl: url });
  const { reads, take } = recorded(server.runtime.reads);
  Object.assign(server.runtime, { reads });
  const client = new Client(Number(new URL(server.url).port));
  const plan = async (operation: Operation, kind: SeatKind): Promise<Step[]> => {
    const request = requests[operation]!.find(({ seat }) => seat.kind === kind)!;
    await client.ask(asked(request));
    const { pools } = server.runtime;
    const statements = take();
    const found = await Promise.all(statements.map((statement) => explained(pools.requests, request.seat.organizationId, statement)));
    return found.flatMap(({ plan: one }) => outlineOf(one));
  };
  const plans: Record<string, Record<string, Step[]>> = {};
  for (const kind of KINDS) {
    plans[kind] = {};
    for (const operation of READS) plans[kind][operation] = await plan(operation, kind);
  }
  client.close();
  await server.stop();
  return plans;
}

/** One row a step, one column a size; a step that a size does not have is left empty there. */
function print(operation: string, kind: string, sizes: Record<string, Record<string, Step[]>>, say: (line: string) => void): void {
  const columns = Object.values(sizes).map((plans) => plans[operation]!);
  if (columns.every((steps) => steps.length === 0)) return;
  say(`\n### ${operation}, ${kind}\n`);
  say(
    `| step | ${Object.keys(sizes)
      .map((count) => Number(count).toLocaleString('en'))
      .join(' | ')} |`,
  );
  say(`| --- |${' --- |'.repeat(columns.length)}`);
  for (const { name, cells } of sideBySide(columns)) say(`| ${name} | ${Array.from(cells, cell).join(' | ')} |`);
}
const cell = (step: Step | undefined): string => (step ? `${step.rows} × ${step.loops}` : '');

interface Row {
  readonly name: string;
  readonly cells: (Step | undefined)[];
}
/** Plans step by step beside each other: the longest run of steps that each has in common with those before it stands in the same rows. */
export const sideBySide = (plans: readonly (readonly Step[])[]): Row[] =>
  plans.reduce<Row[]>((rows, steps, column) => withColumn(rows, steps, column), []);

function withColumn(rows: readonly Row[], steps: readonly Step[], column: number): Row[] {
  // common[i][j]: how many of the rows from i on and the steps from j on can stand in the same row
  const common = Array.from({ length: rows.length + 1 }, () => new Array<number>(steps.length + 1).fill(0));
  for (let i = rows.length - 1; i >= 0; i--)
    for (let j = steps.length - 1; j >= 0; j--)
      common[i]![j] = rows[i]!.name === steps[j]!.name ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const all: Row[] = [];
  const put = (name: string, known: readonly (Step | undefined)[], step?: Step): void => {
    const cells = [...known];
    cells[column] = step;
    all.push({ name, cells });
  };
  let [i, j] = [0, 0];
  while (i < rows.length || j < steps.length) {
    const [row, step] = [rows[i], steps[j]];
    if (row && step && row.name === step.name) {
      put(row.name, row.cells, step);
      i++;
      j++;
    } else if (row && (!step || common[i + 1]![j]! >= common[i]![j + 1]!)) {
      put(row.name, row.cells);
      i++;
    } else {
      put(step!.name, new Array(column).fill(undefined), step);
      j++;
    }
  }
  return all;
}
