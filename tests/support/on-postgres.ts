import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Runs the tests on an installed PostgreSQL: node tests/support/on-postgres.ts <version> [arguments for vitest]
// Its programs are looked for where Debian puts them, or in PG_BIN.

const [version = '15', ...rest] = process.argv.slice(2);
const bin = process.env.PG_BIN ?? `/usr/lib/postgresql/${version}/bin`;
const PASSWORD = 'only-for-tests';
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200, unix_socket_directories: '' };

/** PostgreSQL refuses to run as root. */
const isRoot = process.geteuid?.() === 0;
const user = isRoot ? idsOf('postgres') : undefined;

function idsOf(name: string): { uid: number; gid: number } {
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, name]).stdout);
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function run(program: string, args: readonly string[]): void {
  const { status, stdout, stderr, error } = spawnSync(join(bin, program), args, { ...user, cwd: '/', encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stdout + stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

const folder = mkdtempSync(join(tmpdir(), `guichet-postgres-${version}-`));
const [cluster, passwordFile, log] = ['cluster', 'password', 'log'].map((name) => join(folder, name)) as [string, string, string];
writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
chmodSync(folder, statSync(folder).mode | 0o011);

const port = await freePort();
let code: number | null = 1;
try {
  run('initdb', [
    '-D',
    cluster,
    '-U',
    'postgres',
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-N',
  ]);
  const settings = Object.entries({ ...SETTINGS, port, listen_addresses: '127.0.0.1' }).map(([name, value]) => `-c ${name}=${value}`);
  run('pg_ctl', ['start', '-D', cluster, '-l', log, '-w', '-o', settings.join(' ')]);
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const vitest = spawn('npx', ['vitest', 'run', ...rest], { stdio: 'inherit', env: { ...process.env, GUICHET_TEST_DATABASE_URL: url } });
  [code] = (await once(vitest, 'exit')) as [number | null];
} finally {
  if (spawnSync(join(bin, 'pg_ctl'), ['status', '-D', cluster], { ...user, cwd: '/' }).status === 0)
    run('pg_ctl', ['stop', '-D', cluster, '-m', 'immediate']);
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = code ?? 1;
