import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

const FRONT = new URL('../../../../src/platform/database/embedded/embedded-database.ts', import.meta.url);

export const isRoot = process.geteuid?.() === 0;

/** A new folder that the user who runs PostgreSQL instead of root can enter; `remove` when its server is down. */
export async function embeddedFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'guichet-embedded-'));
  await chmod(folder, 0o711);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A process of its own that starts the database, says what it got in one line of JSON, and ends without stopping it. */
export function startInProcess(dataDir: string): ChildProcess {
  const code = `
    const { startEmbeddedDatabase } = await import(${JSON.stringify(FRONT.href)});
    const { url, startedHere } = await startEmbeddedDatabase({ dataDir: ${JSON.stringify(dataDir)}, durable: false });
    console.log(JSON.stringify({ url, startedHere }));`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}

export async function outcome(child: ChildProcess): Promise<{ url: string; startedHere: boolean }> {
  const said = (await child.stdout?.toArray()) ?? [];
  return JSON.parse(Buffer.concat(said).toString());
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
