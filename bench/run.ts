import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Size } from './data.ts';

// Its own packages first: the rest of the benchmark imports some of them.
const BENCH = fileURLToPath(new URL('./', import.meta.url));
if (!existsSync(`${BENCH}node_modules/postgraphile`)) {
  process.stdout.write('installing the other contestants …\n');
  const { status } = spawnSync('npm', ['ci', '--prefix', BENCH], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
const { runBenchmark } = await import('./benchmark.ts');
const { measureGrowth } = await import('./growth.ts');
const { runLive } = await import('./live/live.ts');
const { values } = parseArgs({
  options: {
    growth: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string' },
    against: { type: 'string' },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const report = values.growth ? await measureGrowth(values.growth.split(',') as Size[], say) : await compared();

/** S1 has contestants of its own and takes its time: a quick run makes it where it is named. */
async function compared(): Promise<object> {
  const { quick } = values;
  const only = values.only?.split(',');
  const others = only?.filter((name) => name !== 'S1');
  const requests = others?.length === 0 ? {} : await runBenchmark({ quick, only: others, against: values.against?.split(','), say });
  return (only ? only.includes('S1') : !quick) ? { ...requests, S1: await runLive({ quick, say }) } : requests;
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
