import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declarationOf, declarationsNamedIn } from './javascript.ts';

/** What a plugin's author imports; what their types are made of follows. */
const DOORS = ['src/sdk/index.d.ts', 'src/sdk/testing.d.ts'];
const FAULT = /^([^\s(]+)\.ts\(.*: error /;

/**
 * Writes the types of the SDK, and of every file that they are made of.
 * @param root of the repository @param work a folder for what the compiler writes @param to the package that is made
 * @throws Error where a type that is needed cannot be written down
 */
export function writeDeclarations(root: string, work: string, to: string): void {
  const config = join(work, 'tsconfig.json');
  const files = ['src/sdk/index.ts', 'src/sdk/testing.ts'].map((file) => join(root, file));
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true, rootDir: root, outDir: work };
  const typeRoots = [join(root, 'node_modules/@types')];
  writeFileSync(
    config,
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { ...compilerOptions, typeRoots }, files, include: [] }),
  );
  const { stdout, error } = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], {
    cwd: root,
    encoding: 'utf8',
  });
  if (error) throw error;
  const needed = neededOf(work);
  const faults = stdout.split('\n').filter((line) => needed.has(`${FAULT.exec(line)?.[1]}.d.ts`));
  if (faults.length) throw new Error(`Types of the SDK cannot be written down:\n${faults.join('\n')}`);
  for (const [path, text] of needed) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), declarationOf(text, path));
  }
}

function neededOf(folder: string): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  const todo = [...DOORS];
  for (let path = todo.pop(); path; path = todo.pop()) {
    if (needed.has(path) || !existsSync(join(folder, path))) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    needed.set(path, text);
    todo.push(...declarationsNamedIn(text, path));
  }
  return needed;
}
