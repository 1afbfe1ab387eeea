import { readFile } from 'node:fs/promises';
import { runChild } from './child-run.ts';
import { errorCode } from './embedded.errors.ts';

/**
 * What tells a process from a later one with the same number; `undefined` when there is no such process or it is a
 * zombie, which holds nothing although signals still reach it.
 * @param pid process number
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!isSignalable(pid)) return undefined;
  if (process.platform === 'linux') return linuxIdentity(pid);
  if (process.platform === 'win32') return String(pid);
  const { output } = await runChild('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], undefined);
  const [state = '', ...started] = output.split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : started.join(' ');
}

/**
 * The command line of a process, empty for a zombie; `undefined` when there is no such process or, on Windows, no way to know.
 * @param pid process number
 */
export async function commandLine(pid: number): Promise<string | undefined> {
  if (process.platform === 'win32' || !isSignalable(pid)) return undefined;
  if (process.platform !== 'linux') return (await runChild('ps', ['-ww', '-o', 'command=', '-p', String(pid)], undefined)).output;
  return (await readIfThere(`/proc/${pid}/cmdline`))?.replaceAll('\0', ' ').trim();
}

/** Whether a signal would find the process: a zombie and another user's process count too. */
export function isSignalable(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id');
  const line = await readIfThere(`/proc/${pid}/stat`);
  // The name of the program stands in parentheses and may itself contain spaces and parentheses.
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, startedAt] = [fields[0], fields[19]];
  return startedAt === undefined || state === 'Z' || state === 'X' ? undefined : `${boot?.trim()} ${startedAt}`;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // ESRCH: the process ended between opening and reading.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}
