import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Migration } from './migrations.ts';

/**
 * Reads the migrations of a module: files `0001-initial.sql`, in order.
 * @param folder such as `new URL('./migrations/', import.meta.url)`.
 */
export function readMigrations(folder: URL): Migration[] {
  const path = fileURLToPath(folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name: name.replace(/\.sql$/, ''), sql: readFileSync(new URL(name, folder), 'utf8') }));
}
