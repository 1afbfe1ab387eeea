import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPlugin, importPlugins } from '../../src/app/modules.ts';
import { folderSource } from '../../src/app/plugin-source.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'guichet-plugins-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function refusal(name: string, index: string): Promise<string> {
  await mkdir(join(root, 'plugins', name), { recursive: true });
  await writeFile(join(root, 'plugins', name, 'index.ts'), index);
  return importPlugin(folderSource(join(root, 'plugins', name), `plugins/${name}`)).then(
    () => 'It was imported.',
    (error: Error) => `${error.name}: ${error.message}`,
  );
}

describe('the code of a plugin', () => {
  it.each([
    [
      'throwing',
      'throw new Error("No tools today.");',
      /Plugin "throwing" cannot be loaded: No tools today; mend plugins\/throwing\/index\.ts:1, or start/,
    ],
    [
      'broken',
      'export default {\n  name: "broken",\n  oops oops\n};',
      /Plugin "broken" cannot be loaded: [^\n]+; mend plugins\/broken\/index\.ts:\d+, or start with --without broken\.$/,
    ],
    [
      'speechless',
      'throw "";',
      /Plugin "speechless" cannot be loaded: it failed without saying why; mend its code, or start with --without speechless\.$/,
    ],
    ['missing', 'import "./tools.ts";', /Plugin "missing" cannot be loaded: .*tools\.ts.*; mend .*, or start with --without missing\.$/s],
    [
      'empty',
      'export const nothing = 1;',
      /Plugin "empty" cannot be loaded: it exports no definition; end empty\/index\.ts with `export default defineModule\(\{ … \}\)`, or start/,
    ],
    ['word', 'export default "lending";', /Plugin "word" cannot be loaded: it exports no definition; /],
    ['null', 'export default null;', /Plugin "null" cannot be loaded: it exports no definition; /],
    [
      'borrowing',
      'export default { name: "lending" };',
      /Plugin "borrowing" cannot be loaded: it calls itself "lending" and lies in a folder "borrowing"; give both one name, or start/,
    ],
  ])('is told where it cannot be imported: %s', async (name, index, message) => {
    expect(await refusal(name, index)).toMatch(message);
  });
  it('is missed where a folder is meant as a plugin', async () => {
    await mkdir(join(root, 'plugins', 'codeless'), { recursive: true });
    await expect(importPlugin(folderSource(join(root, 'plugins', 'codeless'), 'plugins/codeless'))).rejects.toThrow(
      'Plugin "codeless" cannot be loaded: it has no index.ts; write one that ends with `export default defineModule({ … })`, or start with --without codeless.',
    );
  });
  it('is imported where it exports a definition', async () => {
    expect(await refusal('lending', 'export default { name: "lending" };')).toBe('It was imported.');
  });
});

describe('the installed plugins', () => {
  it('are imported in the order of their names, without those that are left out', async () => {
    const names = (await importPlugins()).map(({ name }) => name);
    expect(names).toContain('ordering');
    expect(names).toEqual([...names].sort());
    expect((await importPlugins(['ordering'])).map(({ name }) => name)).toEqual(names.filter((name) => name !== 'ordering'));
  });
  it('cannot be left out by a name that none has', async () => {
    await expect(importPlugins(['ordring'])).rejects.toThrow(/^--without ordring: there is no such plugin; there is .*ordering/);
  });
});
