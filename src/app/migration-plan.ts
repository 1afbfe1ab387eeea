import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type NextMigration, nextMigration } from '../platform/entities/migration-writer.ts';
import { CommandError } from './command.errors.ts';
import { HOME } from './home.ts';
import type { LoadedModule } from './loaded-module.ts';
import { tablesToMake } from './plugin-tables.rules.ts';

const DOMAINS_FOLDER = fileURLToPath(new URL('../domains/', import.meta.url));
const CORE_FOLDER = fileURLToPath(new URL('./', import.meta.url));
const SNAPSHOT = 'snapshot.json';

/** Where a module keeps its migrations, and what its tables were after the last of them. */
export function migrationsFolder({ name, isPlugin, source }: LoadedModule): string {
  if (isPlugin) return join(source?.folder ?? join(HOME, 'plugins', name), 'migrations');
  return name === 'core' ? join(CORE_FOLDER, 'migrations') : join(DOMAINS_FOLDER, name, 'migrations');
}

/** What a module's entities ask for beyond its migrations. @throws Error where its snapshot cannot be read */
export async function plannedMigration(module: LoadedModule, folder = migrationsFolder(module)): Promise<NextMigration> {
  const kept = join(folder, SNAPSHOT);
  return nextMigration(module.tables, existsSync(kept) ? readFileSync(kept, 'utf8') : await snapshotOfMade(module));
}
/** Without a snapshot, tables that a migration makes are taken to be as they are declared. */
async function snapshotOfMade(module: LoadedModule): Promise<string | undefined> {
  const toMake = tablesToMake(module);
  const made = module.tables.filter((table) => !toMake.includes(table));
  return made.length ? (await nextMigration(made)).snapshot : undefined;
}

export const isNothing = ({ sql, indexSql }: NextMigration): boolean => sql === '' && indexSql === '';

interface Writing {
  /** Such as `add-due-date`; its number is put before it. */
  readonly name: string;
  /** Columns and tables may go, with what is written in them. */
  readonly allowDrop: boolean;
}
/**
 * Writes a module's next migration and its snapshot.
 * @returns files that were written, and what is to be thought of before they are released.
 * @throws CommandError where there is nothing to write, the name is none, or what is written in tables would be lost.
 */
export async function writeMigration(
  module: LoadedModule,
  { name, allowDrop }: Writing,
  folder = migrationsFolder(module),
): Promise<{ readonly files: readonly string[]; readonly warnings: readonly string[] }> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
    throw new CommandError(`"${name}" is no name of a migration: use lower case letters, digits and single dashes.`);
  if (folder.includes(`${sep}node_modules${sep}`))
    throw new CommandError(`${module.name} is installed as a package: whoever makes it writes its migrations.`);
  const next = await plannedMigration(module, folder);
  if (isNothing(next))
    throw new CommandError(`The migrations of ${module.name} make all that its entities declare: there is nothing to write.`);
  if (next.drops.length && !allowDrop)
    throw new CommandError(`What is written there would be lost; --allow-drop takes it away all the same: ${next.drops.join(' ')}`);
  const first = (module.migrations ?? []).length + 1;
  const texts = [
    [name, next.sql],
    [next.sql ? `${name}-indexes` : name, next.indexSql],
  ].filter(([, sql]) => sql) as [string, string][];
  const files = texts.map(([called, sql], i) => {
    const file = join(folder, `${String(first + i).padStart(4, '0')}-${called}.sql`);
    writeFileSync(file, sql, { flag: 'wx' });
    return file;
  });
  writeFileSync(join(folder, SNAPSHOT), next.snapshot);
  return { files: [...files, join(folder, SNAPSHOT)], warnings: next.warnings };
}
