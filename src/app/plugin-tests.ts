import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORE, HOME } from './home.ts';
import { type PluginSource, packageOf } from './plugin-source.ts';
import { SettingsError } from './settings.ts';

const CONFIG = fileURLToPath(new URL('../testing/plugin-tests.config.ts', import.meta.url));

interface Manifest {
  readonly devDependencies?: { readonly vitest?: string };
  readonly peerDependencies?: { readonly vitest?: string };
}
const own = JSON.parse(readFileSync(join(CORE, 'package.json'), 'utf8')) as Manifest;
/** The vitest that the test kit works with. */
export const VITEST = `vitest@${own.peerDependencies?.vitest ?? own.devDependencies?.vitest}`;

/** The program of the vitest that is installed in a folder. */
export function vitestOf(folder: string): string | undefined {
  const manifest = packageOf('vitest', join(folder, 'package.json'));
  return manifest && join(dirname(manifest), 'vitest.mjs');
}

/** Runs the tests of a plugin. @param more arguments for vitest @returns its exit code */
export function testsOf({ folder, label }: PluginSource, more: readonly string[]): Promise<number> {
  const vitest = vitestOf(HOME);
  if (!vitest) throw new SettingsError(`vitest is not installed here: npm install --save-dev ${VITEST}`);
  if (!existsSync(join(folder, 'tests'))) throw new SettingsError(`${label} has no tests: they lie in ${label}/tests/*.test.ts.`);
  const child = spawn(process.execPath, [vitest, 'run', '--root', folder, '--config', CONFIG, ...more], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
