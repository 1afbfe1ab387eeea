import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { configLine, readConfig } from '../../src/app/installation-config.ts';
import { readSettings } from '../../src/app/settings.ts';

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'guichet-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

it('a folder without a configuration has none', async () => {
  const config = await readConfig(await folderWith({}));
  expect(config).toEqual({ plugins: [], yoga: [] });
  expect(configLine(config)).toBeUndefined();
});

it('plugins of yoga are taken with the operations that they name, and the start says so', async () => {
  const named = await readConfig(
    await folderWith({
      'guichet.config.ts': 'export default { yoga: [{ plugin: { onParams() {} }, operations: ["Catalogue" as string] }] };',
    }),
  );
  expect(named.yoga).toMatchObject([{ operations: ['Catalogue'], plugin: { onParams: expect.any(Function) } }]);
  expect(configLine(named)).toBe('one plugin of yoga, for Catalogue');
  const unnamed = await readConfig(
    await folderWith({ 'guichet.config.mjs': 'export default { yoga: [{ plugin: {} }, { plugin: {} }] };' }),
  );
  expect(configLine(unnamed)).toMatch(/^2 plugins of yoga, of which one names no operations: every request/);
});

it.each([
  ['nothing', '', /^guichet\.config\.ts is not right:\n {2}default: /],
  ['a word too many', 'export default { yogha: [] };', /default: .*"yogha"/],
  ['no plugin', 'export default { yoga: [{ plugin: "x" }] };', /default\.yoga\.0\.plugin: must be a plugin of graphql-yoga/],
  ['no operations', 'export default { yoga: [{ plugin: {}, operations: [] }] };', /default\.yoga\.0\.operations: name at least one/],
  ['plugins that are none', 'export default { plugins: [7] };', /default\.plugins\.0: /],
  ['what throws', 'throw new Error("boom");', /^guichet\.config\.ts: it cannot be loaded: boom$/],
])('a configuration with %s is refused', async (_, text, message) => {
  const folder = await folderWith({ 'guichet.config.ts': text });
  await expect(readConfig(folder)).rejects.toThrow(message);
});

it('documents by their ids are read from a file', async () => {
  const folder = await folderWith({
    'ids.json': '{ "a1": "{ viewer { name } }" }',
    'list.json': '["{ viewer { name } }"]',
    'half.json': '{',
  });
  const PERSISTED_OPERATIONS = join(folder, 'ids.json');
  expect(readSettings({ PERSISTED_OPERATIONS, PERSISTED_ONLY: '1' }).persisted).toEqual({
    known: new Map([['a1', '{ viewer { name } }']]),
    only: true,
    automatic: false,
  });
  expect(readSettings({ AUTOMATIC_PERSISTED: '1' }).persisted).toEqual({ known: new Map(), only: false, automatic: true });
  for (const name of ['list.json', 'half.json', 'none.json'])
    expect(() => readSettings({ PERSISTED_OPERATIONS: join(folder, name) })).toThrow(
      new RegExp(`PERSISTED_OPERATIONS: .*${name} is no JSON file`),
    );
  expect(() => readSettings({ PERSISTED_ONLY: '1' })).toThrow(/PERSISTED_OPERATIONS: PERSISTED_ONLY needs the list/);
  expect(() => readSettings({ PERSISTED_OPERATIONS, PERSISTED_ONLY: '1', AUTOMATIC_PERSISTED: '1' })).toThrow(/AUTOMATIC_PERSISTED: /);
});
