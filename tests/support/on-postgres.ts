import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, nativeBinaries, nativeFolder, openHome, runChild } from '@guichet/embedded-postgres';

// Runs the tests on another PostgreSQL: node tests/support/on-postgres.ts <folder> [arguments for vitest]
// The folder has its programs in `bin`, such as Debian's /usr/lib/postgresql/15, or the packages of one, such as tests/postgres-15.

const [folder = 'tests/postgres-15', ...rest] = process.argv.slice(2);
const PASSWORD = 'only-for-tests';
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200, unix_socket_directories: '' };

function programsIn(place: string): string {
  try {
    return nativeFolder(undefined, undefined, resolve(place, 'package.json'));
  } catch {
    return resolve(place);
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'guichet-postgres-'));
await chmod(dataDir, 0o711); // as root, PostgreSQL runs as another user, who must get there
const home = await openHome({ dataDir, database: 'postgres', programs: programsIn(folder) });
const { initdb, pgCtl } = await nativeBinaries(home);
const [cluster, passwordFile, log] = ['cluster', 'new-password', 'log'].map((name) => join(home.folder, name)) as [string, string, string];
await mkdir(cluster, { mode: 0o700 });
await writeFile(passwordFile, PASSWORD, { mode: 0o600 });
await writeFile(log, '', { mode: 0o600 });
if (home.user) for (const file of [cluster, passwordFile, log]) await chown(file, home.user.uid, home.user.gid);
async function run(program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await runChild(program, args, home.user);
  if (code !== 0) throw new Error(output);
}

let code: number | null = 1;
try {
  const [who, how] = [
    ['-U', 'postgres', `--pwfile=${passwordFile}`],
    ['-E', 'UTF8', '--locale=C.UTF-8', '-N'],
  ];
  await run(initdb, ['-D', cluster, ...who, '-A', 'scram-sha-256', ...how]);
  const port = await freePort(0);
  const settings = Object.entries({ ...SETTINGS, port, listen_addresses: '127.0.0.1' }).map(([name, value]) => `-c ${name}=${value}`);
  await run(pgCtl, ['start', '-D', cluster, '-l', log, '-w', '-o', settings.join(' ')]);
  try {
    const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
    const vitest = spawn('npx', ['vitest', 'run', ...rest], { stdio: 'inherit', env: { ...process.env, GUICHET_TEST_DATABASE_URL: url } });
    [code] = (await once(vitest, 'exit')) as [number | null];
  } finally {
    await run(pgCtl, ['stop', '-D', cluster, '-m', 'immediate']);
  }
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
process.exitCode = code ?? 1;
