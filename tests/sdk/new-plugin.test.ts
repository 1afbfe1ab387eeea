import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPlugin } from '../../src/app/modules.ts';
import { writePlugin } from '../../src/app/plugin-generator.ts';
import { folderSource } from '../../src/app/plugin-source.ts';
import { type TestPlugin, testPlugin } from '../../src/sdk/testing.ts';

// A plugin that was never part of this repository: written into a folder elsewhere, loaded from there, and used through the kit.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guichet-plugins-'));
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
const definitionOf = (name: string) => importPlugin(folderSource(join(folder, name), name));

describe('a new plugin (spec 8.6)', () => {
  let plugin: TestPlugin;
  beforeAll(async () => {
    writePlugin('tool-lending', folder);
    plugin = await testPlugin(await definitionOf('tool-lending'));
  });
  afterAll(() => plugin?.stop());

  it('has its table, type, query and mutation under its own name', async () => {
    const add = `mutation ($input: AddToolLendingNoteInput!) { addToolLendingNote(input: $input) {
      __typename ... on AddToolLendingNoteSuccess { note { id text writtenAt } } ... on ValidationFailed { issues { path code } } } }`;
    const input = { text: ' The saw is out. ', idempotencyKey: 'saw' };
    const { note } = await plugin.owner.does(add, { input });
    expect(note).toMatchObject({ text: 'The saw is out.', writtenAt: expect.any(String) });
    expect((await plugin.owner.does(add, { input })).note).toEqual(note);
    const list = '{ toolLendingNotes { totalCount nodes { id text } } }';
    expect((await plugin.colleague.query(list)).toolLendingNotes).toEqual({
      totalCount: 1,
      nodes: [{ id: note.id, text: 'The saw is out.' }],
    });
    expect((await plugin.stranger.query(list)).toolLendingNotes).toEqual({ totalCount: 0, nodes: [] });
    const { addToolLendingNote } = await plugin.owner.query(add, { input: { text: '' } });
    expect(addToolLendingNote).toEqual({ __typename: 'ValidationFailed', issues: [{ path: ['input', 'text'], code: 'TOO_SHORT' }] });
  });
  it('is switched like any other', async () => {
    const { plugins } = await plugin.colleague.query('{ plugins { name version enabled } }');
    expect(plugins).toEqual([{ name: 'tool-lending', version: '0.1.0', enabled: true }]);
  });
});

describe('a second new plugin', () => {
  it('lives beside the first: they have no name in common', async () => {
    writePlugin('loans2', folder);
    const plugin = await testPlugin(await definitionOf('loans2'), { needs: [await definitionOf('tool-lending')] });
    const { data, errors } = await plugin.owner.ask('{ loans2Notes { totalCount } toolLendingNotes { totalCount } }');
    expect({ data, errors }).toEqual({ data: { loans2Notes: { totalCount: 0 }, toolLendingNotes: { totalCount: 0 } }, errors: [] });
    await plugin.stop();
  });
});

describe('what is written', () => {
  const filesOf = async (name: string): Promise<string[]> =>
    (await readdir(join(folder, name), { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  it('bears the new name alone', async () => {
    writePlugin('bookings', folder);
    const files = await filesOf('bookings');
    expect(files.length).toBeGreaterThan(7);
    for (const file of files) expect(await readFile(file, 'utf8')).not.toMatch(/sample.?plugin/i);
  });
  it.each(['Tools', '2tools', 'tools-', 'tool--lending', '../tools', 'tool_lending', ''])('is nothing for the name "%s"', async (name) => {
    const before = await readdir(folder);
    expect(() => writePlugin(name, folder)).toThrow(`"${name}" is no name of a plugin`);
    expect(await readdir(folder)).toEqual(before);
  });
  it('is nothing where something is already', async () => {
    await writeFile(join(folder, 'taken'), 'Mine.');
    expect(() => writePlugin('taken', folder)).toThrow('taken is there already: choose another name.');
    expect(await readFile(join(folder, 'taken'), 'utf8')).toBe('Mine.');
  });
});
