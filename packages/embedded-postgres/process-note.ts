import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';
import { processIdentity } from './process-identity.ts';

/** What a file says about the process that wrote it. */
export interface ProcessNote {
  readonly pid: number;
  readonly identity: string | undefined;
  readonly nonce: string;
}

/** Writes a new file that names this process. */
export async function writeNote(file: string): Promise<void> {
  const identity = await processIdentity(process.pid);
  // Without it every note would look like a dead process's, and two servers could open one cluster.
  if (identity === undefined)
    throw new EmbeddedDatabaseError('The processes of this machine cannot be read (is /proc mounted?).', 'server');
  const note: ProcessNote = { pid: process.pid, identity, nonce: randomUUID() };
  await writeFile(file, JSON.stringify(note), { flag: 'wx', mode: 0o600 });
}

/** @returns the note, `undefined` when there is no such file */
export async function readNote(file: string): Promise<ProcessNote | undefined> {
  try {
    return parseNote(await readFile(file, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the process that wrote a note still lives; another that got its number later does not count. */
export async function isAlive(note: ProcessNote): Promise<boolean> {
  const identity = await processIdentity(note.pid);
  return identity !== undefined && identity === note.identity;
}

/** A note that a power cut left empty names no process that could be alive. */
function parseNote(text: string): ProcessNote {
  try {
    const value: unknown = JSON.parse(text);
    if (isNote(value)) return value;
  } catch {
    // Falls through to nobody's note.
  }
  return { pid: 0, identity: undefined, nonce: 'torn' };
}

function isNote(value: unknown): value is ProcessNote {
  return typeof value === 'object' && value !== null && 'pid' in value && 'nonce' in value && /^[\w-]+$/.test(String(value.nonce));
}
