import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
/** Bytes that must be free: the suite's databases and the log of what is written to them. */
const ROOM = 4 * 2 ** 30;

/** Where tests keep databases that they make and throw away: in memory, where the system has a folder for that with room enough. */
export function memoryFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM ? MEMORY : tmpdir();
}
