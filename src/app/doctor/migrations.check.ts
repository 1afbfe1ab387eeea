import type pg from 'pg';
import { UnusableDatabaseError } from '../../platform/database/database.errors.ts';
import { pendingOf, recordedMigrations } from '../../platform/database/migrations.ts';
import { migrationSets } from '../installation.ts';
import type { LoadedModule } from '../loaded-module.ts';
import { type Finding, failure, failureOf, ok, warning } from './finding.ts';

const SUBJECT = 'migrations';

/** What was applied, against what is known here. @param modules none where a plugin cannot be loaded */
export async function checkMigrations(client: pg.ClientBase, modules: readonly LoadedModule[] | undefined): Promise<Finding[]> {
  if (!modules) return [warning(SUBJECT, 'not compared, because a plugin cannot be loaded')];
  const recorded = await recordedMigrations(client);
  try {
    const pending = pendingOf(recorded, migrationSets(modules));
    const gone = [...new Set(recorded.map(({ module }) => module))].filter((name) => !modules.some((module) => module.name === name));
    return [
      pending.length
        ? warning(
            SUBJECT,
            `${pending.length} are not applied yet (${pending
              .slice(0, 3)
              .map(({ module, migration }) => `${module}/${migration.name}`)
              .join(', ')}${pending.length > 3 ? ', …' : ''})`,
            'the next start applies them, or `guichet migrate`',
          )
        : ok(SUBJECT, `all ${recorded.length} are applied`),
      ...gone.map((name) =>
        warning(SUBJECT, `the tables of "${name}" are there, and the plugin is not`, 'install it, or leave them as they are'),
      ),
    ];
  } catch (error) {
    if (error instanceof UnusableDatabaseError) return [failureOf(SUBJECT, error)];
    throw error;
  }
}

/** The secret that seals codes and cursors; itself it is not looked at. */
export async function checkSecret(client: pg.ClientBase, given: boolean): Promise<Finding[]> {
  const subject = 'secret';
  if (given) return [ok(subject, 'given as GUICHET_SECRET; every server needs the same')];
  const { rows: known } = await client.query<{ known: boolean }>(`select to_regclass('identity.secrets') is not null as known`);
  if (!known[0]!.known) return [ok(subject, 'the first start makes it')];
  const { rows } = await client.query<{ bytes: number }>(`select octet_length(value) as bytes from identity.secrets where name = 'server'`);
  if (!rows[0]) return [ok(subject, 'the next start makes it')];
  return [
    rows[0].bytes >= 32
      ? ok(subject, 'kept in the database')
      : failure(
          subject,
          'the one in the database is too short',
          'delete it: the next start makes another, and cursors and codes begin afresh',
        ),
  ];
}
