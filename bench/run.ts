import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

// Its own packages first: the rest of the benchmark imports some of them.
const BENCH = fileURLToPath(new URL('./', import.meta.url));
if (!existsSync(`${BENCH}node_modules/postgraphile`)) {
  process.stdout.write('installing the other contestants …\n');
  const { status } = spawnSync('npm', ['ci', '--prefix', BENCH], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const { runBenchmark } = await import('./benchmark.ts');
const { measureGrowth } = await import('./growth.ts');
const { explainGrowth } = await import('./growth-plans.ts');
const { measureOrganizations } = await import('./growth-organizations.ts');
const { runLive } = await import('./live/live.ts');
const { measureFairness } = await import('./fair/fair.ts');
/** What has data and a course of its own, and takes its time: a quick run makes it when it is named. */
const APART = { S1: runLive, FAIR: measureFairness };

const { values } = parseArgs({
  options: {
    growth: { type: 'string' },
    'growth-organizations': { type: 'string' },
    'growth-plans': { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    against: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const report = await measured();
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);

async function measured(): Promise<object> {
  const organizations = values['growth-organizations'];
  if (values.growth) return measureGrowth(countsIn(values.growth), say);
  if (values['growth-plans']) return explainGrowth(countsIn(values['growth-plans']), say);
  return organizations ? measureOrganizations(countsIn(organizations), say) : compared();
}

function countsIn(text: string): number[] {
  const counts = text.split(',').map(Number);
  if (counts.every((count) => Number.isInteger(count) && count > 0)) return counts;
  throw new Error(`"${text}" should be whole numbers with commas between them.`);
}

async function compared(): Promise<object> {
  const { quick } = values;
  const only = values.only?.split(',');
  const others = only?.filter((name) => !(name in APART));
  const report: Record<string, object> =
    others?.length === 0 ? {} : { ...(await runBenchmark({ quick, only: others, against: values.against?.split(','), say })) };
  for (const [name, measure] of Object.entries(APART))
    if (only ? only.includes(name) : !quick) report[name] = await measure({ quick, say });
  return report;
}
