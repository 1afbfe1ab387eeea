import { spawn } from 'node:child_process';
import type { ServerUser } from './unprivileged-user.ts';

export interface ChildResult {
  readonly code: number | null;
  readonly output: string;
}

/** What PostgreSQL's programs see of our environment: nothing that could steer them (`PGDATA`, `PGOPTIONS`, `LD_PRELOAD`). */
export function childEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Runs a program to its end, as `user` when one is given, without blocking the event loop.
 * @throws the system's error (`ENOENT`, `EACCES`) when it cannot be started
 */
export function runChild(file: string, args: readonly string[], user: ServerUser | undefined): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    // The current folder may be closed to the other user, so children start at the root.
    const child = spawn(file, args, {
      cwd: '/',
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      uid: user?.uid,
      gid: user?.gid,
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: output.trim() }));
  });
}
