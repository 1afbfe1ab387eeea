import { startTestServer } from '../src/testing/test-server.ts';
import { explained, outlineOf, recorded, type Step } from '../tests/house/plan.explain.ts';
import { openKeptData, openRequests, openSeats } from './data.ts';
import { asked, KINDS, READS } from './growth.ts';
import { Client } from './load.ts';
import type { Operation, SeatKind } from './operations.ts';
import { openServer } from './postgres.ts';
import { sizeOfContacts } from './sizes.ts';

/** Plans of one kind of seat, by size, then by operation. */
type Plans = Record<string, Record<string, Step[]>>;

/** What PostgreSQL reads for the same operations as the data grows: tables in Markdown. @returns plans by the kind of seat. */
export async function explainGrowth(contacts: readonly number[], say: (line: string) => void): Promise<Record<string, Plans>> {
  const server = await openServer(say);
  const plans: Record<string, Plans> = Object.fromEntries(KINDS.map((kind) => [kind, {}]));
  try {
    for (const count of contacts) {
      const url = await openKeptData(server.url, sizeOfContacts(count), say);
      for (const [kind, found] of Object.entries(await plansOf(url))) plans[kind]![count] = found;
    }
  } finally {
    await server.stop();
  }
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
  say(`| step | ${Object.keys(sizes).join(' | ')} |`);
  say(`| --- |${' --- |'.repeat(columns.length)}`);
  for (const { name, cells } of sideBySide(columns)) say(`| ${name} | ${cells.map(cell).join(' | ')} |`);
}
const cell = (step: Step | undefined): string => (step ? `${step.rows} × ${step.loops}` : '');

/** Plans step by step beside each other: what has the same name and comes in the same order stands in one row. */
export function sideBySide(plans: readonly (readonly Step[])[]): { name: string; cells: (Step | undefined)[] }[] {
  const at = plans.map(() => 0);
  const rows: { name: string; cells: (Step | undefined)[] }[] = [];
  const left = (): readonly (Step | undefined)[] => plans.map((steps, i) => steps[at[i]!]);
  for (let heads = left(); heads.some(Boolean); heads = left()) {
    // the step that comes soonest in the others, so that a plan which lacks one waits for it
    const delay = (name: string): number =>
      plans.reduce(
        (sum, steps, i) =>
          sum +
          Math.max(
            0,
            steps.slice(at[i]).findIndex((step) => step.name === name),
          ),
        0,
      );
    const name = heads.flatMap((step) => step?.name ?? []).sort((one, other) => delay(one) - delay(other))[0]!;
    const cells = heads.map((step) => (step?.name === name ? step : undefined));
    cells.forEach((step, i) => {
      if (step) at[i]!++;
    });
    rows.push({ name, cells });
  }
  return rows;
}
