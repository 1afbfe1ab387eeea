import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Running } from './processes.ts';

/** For the Node.js of a contestant whose memory is measured. */
export const GIVES_BACK = `--import=${fileURLToPath(new URL('./contestants/on-signal.ts', import.meta.url))}`;
const SETTLING = 1_500;

/** Bytes of resident memory, after what is no longer needed was given back. */
export async function settledMemory({ pid }: Running): Promise<number> {
  await pause(SETTLING);
  process.kill(pid, 'SIGUSR2');
  await pause(SETTLING);
  process.kill(pid, 'SIGUSR2');
  await pause(SETTLING);
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1_024;
}
