import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryFolder } from '../../src/testing/memory-folder.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = ['src', 'packages', 'guichet.mjs', 'package.json', 'vitest.config.ts', 'tests/support/global-database.ts'];

/** A copy of the program with plugins of its own; what it depends on is shared. */
export class CopiedProgram {
  readonly root: string;
  private constructor(root: string) {
    this.root = root;
  }
  /** @param more of its parts, such as plugins */
  static async make(more: readonly string[] = []): Promise<CopiedProgram> {
    const root = await mkdtemp(join(memoryFolder(), 'guichet-copy-'));
    for (const part of [...PARTS, ...more]) await cp(join(ROOT, part), join(root, part), { recursive: true });
    await mkdir(join(root, 'node_modules/@guichet'), { recursive: true });
    for (const name of await readdir(join(ROOT, 'node_modules')))
      if (name !== '@guichet') await symlink(join(ROOT, 'node_modules', name), join(root, 'node_modules', name));
    await symlink(join(root, 'src/sdk'), join(root, 'node_modules/@guichet/sdk'));
    for (const name of await readdir(join(root, 'packages')))
      await symlink(join(root, 'packages', name), join(root, 'node_modules/@guichet', name));
    return new CopiedProgram(root);
  }
  get program(): string {
    return join(this.root, 'guichet.mjs');
  }
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), text);
  }
  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}
