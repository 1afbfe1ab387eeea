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
const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' }, against: { type: 'string' } },
});
const report = await runBenchmark({
  quick: values.quick,
  only: values.only?.split(','),
  against: values.against?.split(','),
  say: (line) => process.stdout.write(`${line}\n`),
});
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
