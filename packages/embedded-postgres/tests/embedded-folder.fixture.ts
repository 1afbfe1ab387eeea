import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

/** In memory, where the system has a folder for that. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const FRONT = new URL('../embedded-database.ts', import.meta.url);

export const isRoot = process.geteuid?.() === 0;

/** A new folder that the user who runs PostgreSQL instead of root can enter; `remove` when its server is down. */
export async function embeddedFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(MEMORY, 'embedded-'));
  await chmod(folder, 0o711);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A process of its own that starts the database, says what it got in one line of JSON, and ends without leaving it. */
export const startInProcess = (dataDir: string): ChildProcess => runStart(dataDir, '');

/** As before, but it stays until its standard input ends, and then leaves. */
export const stayInProcess = (dataDir: string): ChildProcess =>
  runStart(dataDir, 'for await (const _ of process.stdin);\nawait database.leave();');

function runStart(dataDir: string, then: string): ChildProcess {
  const code = `
    const { startEmbeddedDatabase } = await import(${JSON.stringify(FRONT.href)});
    const database = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, database: 'shop', durable: false });
    console.log(JSON.stringify({ url: database.url, startedHere: database.startedHere }));
    ${then}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
}

interface Started {
  readonly url: string;
  readonly startedHere: boolean;
}

/** What a process that stays has said. */
export async function said(child: ChildProcess): Promise<Started> {
  const [line] = await once(child.stdout!, 'data');
  return JSON.parse(String(line));
}

export async function leaves(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.stdin!.end();
  await exited;
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'database/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Owner of the cluster: who runs the server. */
export async function serverOwner(dataDir: string): Promise<{ uid: number; gid: number }> {
  const { uid, gid } = await stat(path.join(dataDir, 'database/cluster'));
  return { uid, gid };
}

export async function ask(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** The same address with another login. */
export function withLogin(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.href;
}
