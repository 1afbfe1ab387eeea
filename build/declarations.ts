import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { filesIn } from './folder-files.ts';
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
  const needed = neededOf(declare(root, work, DOORS), DOORS);
  for (const [path, text] of withAdditions(needed)) written(join(to, path), declarationOf(text, path));
}

/** The same of a package that stands alone, whose files lie at its top. @param inside the package's folder, from the root */
export function writeDeclarationsOf(inside: string, root: string, work: string, to: string): void {
  const door = `${inside}/index.d.ts`;
  for (const [path, text] of neededOf(declare(root, work, [door]), [door]))
    written(join(to, posix.relative(inside, path)), declarationOf(text, path));
}

const written = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Everything that the compiler writes of some doors. @throws Error where a type that is needed cannot be written down */
function declare(root: string, work: string, doors: readonly string[]): string {
  const config = join(work, 'tsconfig.json');
  const files = doors.map((door) => join(root, door.replace(/\.d\.ts$/, '.ts')));
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
  const needed = neededOf(work, doors);
  const faults = stdout.split('\n').filter((line) => needed.has(`${FAULT.exec(line)?.[1]}.d.ts`));
  if (faults.length) throw new Error(`Types of ${doors[0]} cannot be written down:\n${faults.join('\n')}`);
  return work;
}

/** Files that tell other packages' types of ours: nobody names them, and without them the builder has none of what is added to it. */
const ADDS_GLOBALLY = /^declare global\b/m;

function textsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    filesIn(folder).flatMap((path) => (path.endsWith('.d.ts') ? [[path, readFileSync(join(folder, path), 'utf8')] as const] : [])),
  );
}
const additionsIn = (texts: ReadonlyMap<string, string>): string[] =>
  [...texts].flatMap(([path, text]) => (ADDS_GLOBALLY.test(text) ? [path] : []));

/** What some doors are made of; with those of the SDK, what adds to other packages' types. */
function neededOf(folder: string, doors: readonly string[]): Map<string, string> {
  const texts = textsIn(folder);
  const needed = new Map<string, string>();
  const todo = [...doors, ...(doors === DOORS ? additionsIn(texts) : [])];
  for (let path = todo.pop(); path; path = todo.pop()) {
    const text = texts.get(path);
    if (text === undefined || needed.has(path)) continue;
    needed.set(path, text);
    todo.push(...declarationsNamedIn(text, path));
  }
  return needed;
}

function withAdditions(needed: Map<string, string>): Map<string, string> {
  const named = additionsIn(needed).map((path) => `import '${posix.relative('src/sdk', path).replace(/\.d\.ts$/, '.js')}';\n`);
  return needed.set('src/sdk/index.d.ts', `${named.join('')}${needed.get('src/sdk/index.d.ts')}`);
}
