import { chown, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { runChild } from './child-run.ts';
import { SUPERUSER } from './cluster-login.ts';
import { writeSecret } from './cluster-password.ts';
import type { DatabaseHome } from './database-home.ts';
import { EmbeddedDatabaseError } from './embedded.errors.ts';
import { syncFolder } from './folder-sync.ts';
import type { NativeBinaries } from './native-binaries.ts';

const DRAFT = 'initdb-';

export async function clusterExists(home: DatabaseHome): Promise<boolean> {
  return stat(path.join(home.cluster, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

/**
 * Makes the cluster in a folder beside its place and moves it there when it is whole, so that an interrupted making
 * leaves nothing but rubbish. The caller holds the lock.
 * @param durable whether it is on the disk before this returns
 */
export async function createCluster(home: DatabaseHome, binaries: NativeBinaries, password: string, durable: boolean): Promise<void> {
  await sweep(home.folder);
  const draft = await mkdtemp(path.join(home.folder, DRAFT));
  const [cluster, passwordFile] = [path.join(draft, 'cluster'), path.join(draft, 'password')];
  try {
    await writeSecret(passwordFile, password);
    await mkdir(cluster, { mode: 0o700 });
    await giveTo(home, [draft, cluster, passwordFile]);
    const result = await runChild(binaries.initdb, initArguments(cluster, passwordFile, durable), home.user);
    if (result.code !== 0) throw new EmbeddedDatabaseError(`PostgreSQL's initdb failed: ${result.output.split('\n').at(-1)}`);
    await rename(cluster, home.cluster);
    if (durable) await syncFolder(home.folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

function initArguments(cluster: string, passwordFile: string, durable: boolean): string[] {
  return [
    ...['-D', cluster, '-U', SUPERUSER, `--pwfile=${passwordFile}`],
    ...['--auth-host=scram-sha-256', '--auth-local=scram-sha-256'],
    ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C', ...libcLocale()],
    ...['--data-checksums', ...(durable ? [] : ['--no-sync'])],
  ];
}

/** Sorting is the builtin provider's, the same everywhere; some extensions still ask the system which letters are letters. */
function libcLocale(): string[] {
  if (process.platform === 'linux') return ['--locale=C.UTF-8'];
  return process.platform === 'darwin' ? ['--locale=C', '--lc-ctype=en_US.UTF-8'] : ['--locale=C'];
}

async function giveTo({ user }: DatabaseHome, files: readonly string[]): Promise<void> {
  if (user) for (const file of files) await chown(file, user.uid, user.gid);
}

/** What an orphaned initdb is still writing cannot always be removed; then it is rubbish for the next time. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(DRAFT)) await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
