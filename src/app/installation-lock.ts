import { createHash } from 'node:crypto';
import type { LoadedModule } from './loaded-module.ts';
import { VERSION } from './version.ts';

const sumOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/**
 * What an installation is made of: versions, where plugins come from, and their migrations, which are never changed. Committed, it shows what
 * an update brings, and `schema --check` finds what differs from it.
 * @returns the file's name and its text
 */
export function lockFile(modules: readonly LoadedModule[]): [string, string] {
  const plugins = modules
    .filter(({ isPlugin }) => isPlugin)
    .map(({ name, version, source, migrations = [] }) => {
      const made = Object.fromEntries(migrations.map((migration) => [migration.name, sumOf(migration.sql)]));
      return [name, { version, from: source?.label, migrations: made }] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return ['guichet.lock.json', `${JSON.stringify({ guichet: VERSION, plugins: Object.fromEntries(plugins) }, null, 2)}\n`];
}
