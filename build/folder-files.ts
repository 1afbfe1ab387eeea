import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'tests']);

/** Paths of the files in a folder, from it, without tests. */
export const filesIn = (folder: string, below = ''): string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (LEFT_OUT.has(entry.name)) return [];
    return entry.isDirectory() ? filesIn(folder, path) : [path];
  });
