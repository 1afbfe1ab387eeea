import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryFolder } from '../../src/testing/memory-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../guichet.mjs', import.meta.url));

export interface StartedProgram {
  readonly url: string;
  /** What it has printed to standard output. */
  readonly output: () => string;
  /** What it has printed to standard error. */
  readonly complaints: () => string;
  readonly process: ChildProcess;
  /** Stops it as an operator would. @returns its exit code. */
  stop(): Promise<number | null>;
}

/** A folder for `DATA_DIR` that PostgreSQL's own user can enter where the tests run as root. @param parent a folder of the disk, where the disk counts */
export async function dataFolder(parent = memoryFolder()): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(parent, 'guichet-program-'));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Starts the program as `npm start` does, on a free port, and waits until it says where it listens. @param program another copy of it */
export async function startProgram(
  environment: Record<string, string>,
  { program = PROGRAM, args = [], cwd }: { readonly program?: string; readonly args?: readonly string[]; readonly cwd?: string } = {},
): Promise<StartedProgram> {
  const child = spawn(process.execPath, [program, 'start', ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', LOG_LEVEL: 'error', SMS_SENDER: 'terminal', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  let printed = '';
  let complained = '';
  child.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const exited = new Promise<number | null>((resolve) => void child.once('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = /(http:\/\/[\w.:[\]]+:\d+)\/?(graphql)?\n/.exec(printed);
      if (found) resolve(found[1]!);
    });
    void exited.then((code) => reject(new Error(`The program ended with ${code}:\n${printed}${complained}`)));
  });
  const stop = (): Promise<number | null> => {
    child.kill('SIGTERM');
    return exited;
  };
  return { url, output: () => printed, complaints: () => complained, process: child, stop };
}
