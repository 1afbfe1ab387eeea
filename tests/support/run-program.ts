import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../guichet.mjs', import.meta.url));

export interface RanProgram {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command of the program to its end, as `npm run guichet -- …` does.
 * @param environment beside PATH and HOME nothing else is in it
 */
export async function runProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { cwd, node = process.execPath, program = PROGRAM }: { readonly cwd?: string; readonly node?: string; readonly program?: string } = {},
): Promise<RanProgram> {
  const child = spawn(node, [program, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd,
  });
  const exited = new Promise<number | null>((resolve) => void child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  return { code: await exited, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}
