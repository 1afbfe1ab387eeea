import { recorded } from '../../src/app/explain/recorded-reads.ts';
import { explained, type PlanNode } from '../../src/app/explain/statement-plan.ts';
import { startTestServer } from '../../src/testing/test-server.ts';
import { manyContacts } from '../support/many-contacts.ts';
import { outlineOf } from './plan.explain.ts';

// Prints the figures and plans of docs/performance.md: node tests/house/first-timings.ts

const WARM_UP = 15;
const TIMES = 30;
const OPERATIONS = {
  contacts: `{ contacts(first: 50) { nodes { id name phone tags { name group { name color } } sharedWith(first: 5) { nodes { name } } owner { name supervisors { name } } } } }`,
  myTasks: `{ myTasks(first: 20) { nodes { id version createdAt earlierDecisions { decision assignee { name } } form { id number contact { name company { name } } } } } }`,
};
const SEATS = ['staff', 'supervisor', 'head', 'admin'] as const;

const server = await startTestServer();
const many = await manyContacts(server);
const record = recorded(server.runtime.reads);
Object.assign(server.runtime, { reads: record.reads });

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Milliseconds of the middle one of 30 requests, one after the other, once all is warm. */
async function timed(ask: () => Promise<unknown>): Promise<number> {
  for (let i = 0; i < WARM_UP; i++) await ask();
  const taken: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const begun = performance.now();
    await ask();
    taken.push(performance.now() - begun);
  }
  return middle(taken);
}
for (const [name, document] of Object.entries(OPERATIONS)) {
  print(`\n### \`${name}\`\n\n\`\`\`graphql\n${document}\n\`\`\`\n\n| seat | request | statement |\n| --- | --- | --- |`);
  const plans: string[] = [];
  for (const who of SEATS) {
    record.take();
    const request = await timed(() => many[who].query(document));
    const [statement] = record.take();
    const { pools } = server.runtime;
    const run = (): Promise<{ plan: PlanNode; execution: number }> => explained(pools.requests, many.organizationId, statement!);
    const { plan } = await run();
    const execution = await middleExecution(run);
    print(`| ${who} | ${request.toFixed(1)} ms | ${execution.toFixed(1)} ms |`);
    const steps = outlineOf(plan).map(({ name: step, rows, loops }) => `${step}  ${rows} rows × ${loops}`);
    plans.push(`\nThe ${who}’s plan:\n\n\`\`\`text\n${steps.join('\n')}\n\`\`\``);
  }
  print(plans.join('\n'));
}
await server.stop();

async function middleExecution(run: () => Promise<{ execution: number }>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < WARM_UP; i++) taken.push((await run()).execution);
  return middle(taken);
}
