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
const { runLive } = await import('./live/live.ts');
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' }, against: { type: 'string' } },
});
const { quick } = values;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const only = values.only?.split(',');
const others = only?.filter((name) => name !== 'S1');
const report = others?.length === 0 ? {} : await runBenchmark({ quick, only: others, against: values.against?.split(','), say });
// S1 has a data base of its own and takes its time: a quick run makes it when it is named
if (only ? only.includes('S1') : !quick) report.S1 = await runLive({ quick, say });
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
