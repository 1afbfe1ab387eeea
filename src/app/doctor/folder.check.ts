import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { inspectEmbeddedDatabase } from '@guichet/embedded-postgres';
import { DATABASE, dataFolder, inSettings } from '../databases.ts';
import { type Finding, failure, ok, warning } from './finding.ts';

const SUBJECT = 'data folder';
const MEGABYTE = 1_000_000;
/** PostgreSQL's write-ahead log alone grows to a gigabyte before it is used again. */
const [LITTLE, TOO_LITTLE] = [2_000 * MEGABYTE, 200 * MEGABYTE];

export interface CheckedFolder {
  readonly findings: Finding[];
  /** Of the embedded database, where it runs. */
  readonly url: string | undefined;
}

/** The embedded database's folder, its files, and whether it runs. One that does not run is not started. */
export async function checkDataFolder(dataDir: string | undefined): Promise<CheckedFolder> {
  const { folder, reason } = await dataFolder(dataDir);
  const { home, faults, leftovers, url } = await inspectEmbeddedDatabase({ dataDir: folder, database: DATABASE });
  const findings = [
    await freeSpace(folder),
    ...faults.map((fault) => failure(SUBJECT, inSettings(fault).replace(/\.$/, ''))),
    ...(leftovers.length
      ? [warning(SUBJECT, `left by processes that are gone: ${leftovers.join(', ')}`, 'nothing: the next start deals with it')]
      : []),
  ];
  if (faults.length === 0)
    findings.push(ok(SUBJECT, `${folder}${reason ? ` (${reason})` : ''}: ${home ? 'closed to others' : 'not made yet'}`));
  if (!home) findings.push(ok('embedded database', 'not made yet: the first start makes it'));
  else if (url) findings.push(ok('embedded database', 'running'));
  else findings.push(warning('embedded database', 'not running, so it was not looked into', 'start the server, and call the doctor again'));
  return { findings, url };
}

async function freeSpace(folder: string): Promise<Finding> {
  for (let at = folder; ; at = path.dirname(at)) {
    const found = await statfs(at).catch(() => undefined);
    if (!found) continue;
    const free = found.bavail * found.bsize;
    const told = `${Math.floor(free / MEGABYTE)} MB are free in ${at}`;
    if (free < TOO_LITTLE) return failure('disk', told, 'free some space: without it nothing can be written');
    return free < LITTLE ? warning('disk', told, 'free some space: the database may need a gigabyte for its log alone') : ok('disk', told);
  }
}
