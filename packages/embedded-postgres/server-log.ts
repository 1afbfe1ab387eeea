import { open, readFile, rename, stat } from 'node:fs/promises';

const LARGEST = 10_000_000;

/** Where the log ends now, in bytes; a log over 10 MB is put aside first, as one old log. */
export async function prepareLog(logFile: string): Promise<number> {
  const size = await logSize(logFile);
  if (size <= LARGEST) return size;
  await rename(logFile, `${logFile}.1`);
  return 0;
}

/** Opens the log for a server to write to: by us, so that the folder can stay closed to the server's user. */
export async function openLog(logFile: string): Promise<Awaited<ReturnType<typeof open>>> {
  return open(logFile, 'a', 0o600);
}

/** What was logged after `offset` (bytes). */
export async function logSince(logFile: string, offset: number): Promise<string> {
  return (await readFile(logFile)).subarray(offset).toString();
}

async function logSize(logFile: string): Promise<number> {
  return stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
}
