import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CopiedProgram } from '../support/copied-program.ts';
import { runProgram } from '../support/run-program.ts';

// `guichet plugin new|check|plan`, in a copy of the program, whose `plugins/` nobody else reads.

let copy: CopiedProgram;
beforeAll(async () => {
  copy = await CopiedProgram.make();
});
afterAll(() => copy?.remove());
const plugin = (...args: string[]) => runProgram(['plugin', ...args], {}, { program: copy.program });
const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('guichet plugin new', () => {
  it('writes a plugin that can be loaded', async () => {
    const made = await plugin('new', 'tool-lending');
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const files = lines(made.stdout).slice(0, -1);
    expect(files).toContain('plugins/tool-lending/index.ts');
    expect(files).toContain('plugins/tool-lending/tests/note.test.ts');
    for (const file of files) expect(await readFile(join(copy.root, file), 'utf8')).not.toMatch(/sample.?plugin/i);
    expect(lines(made.stdout).at(-1)).toBe('Next: npm install, npx vitest run plugins/tool-lending, and npm run schema.');

    expect(await plugin('check', 'tool-lending')).toEqual({
      code: 0,
      stderr: '',
      stdout: `Plugin "tool-lending" 0.1.0 can be loaded. It adds:
  tables: plg_tool_lending.notes
  types: ToolLendingNote
  queries: toolLendingNotes
  mutations: addToolLendingNote
  rules: toolLending.read, toolLending.write
It opens:
  to COLLEAGUE (toolLending.read): Query.toolLendingNotes, ToolLendingNote.id, ToolLendingNote.text, ToolLendingNote.writtenAt, AddToolLendingNoteSuccess.note
  to COLLEAGUE (toolLending.write): Mutation.addToolLendingNote
`,
    });
  });
  it('makes nothing of a name that is none, in one line', async () => {
    const stderr = 'guichet: "Tools" is no name of a plugin: use lower case letters, digits and single dashes.\n';
    expect(await plugin('new', 'Tools')).toEqual({ code: 2, stdout: '', stderr });
  });
  it('makes nothing of a name that a module of the core has', async () => {
    const stderr = 'guichet: A module of the core is called "contacts": choose another name.\n';
    expect(await plugin('new', 'contacts')).toEqual({ code: 2, stdout: '', stderr });
  });
});

describe('a plugin with a table that no migration makes', () => {
  beforeAll(async () => {
    await copy.write(
      'plugins/shelves/index.ts',
      `import { defineModule, tenantEntity } from '@guichet/sdk';
       export default defineModule({ name: 'shelves', version: '1.0.0', description: 'Shelves.', guichet: '^0.1.0',
         entities: [tenantEntity('plg_shelves.shelves', (t) => ({ label: t.text() }))] });`,
    );
  });
  it('does not pass the check, which says how to go on', async () => {
    expect(await plugin('check', 'shelves')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'guichet: Plugin "shelves" cannot be loaded: no migration makes its table plg_shelves.shelves; write it: npm run guichet -- plugin plan shelves --write initial, or start with --without shelves.\n',
    });
  });
  it('passes with the migration that is planned', async () => {
    const { stdout } = await plugin('plan', 'shelves');
    expect(stdout).toMatch(/^create schema if not exists "plg_shelves";\ncreate table "plg_shelves"\."shelves" \(/);
    await copy.write('plugins/shelves/migrations/0001-initial.sql', stdout);
    const index = await readFile(join(copy.root, 'plugins/shelves/index.ts'), 'utf8');
    await copy.write(
      'plugins/shelves/index.ts',
      index
        .replace('defineModule, tenantEntity', 'defineModule, readMigrations, tenantEntity')
        .replace('entities:', "migrations: readMigrations(new URL('./migrations/', import.meta.url)), entities:"),
    );
    expect((await plugin('check', 'shelves')).code).toBe(0);
    expect(await plugin('plan', 'shelves')).toEqual({
      code: 0,
      stdout: '-- Its migrations make all that its entities declare.\n',
      stderr: '',
    });
  });
  it('does not pass where its entities have gone on since', async () => {
    const file = 'plugins/tool-lending/note.entity.ts';
    const written = await readFile(join(copy.root, file), 'utf8');
    await copy.write(file, written.replace('text: t.text(),', 'text: t.text(), color: t.text().nullable(),'));
    expect(await plugin('check', 'tool-lending')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'guichet: Plugin "tool-lending" cannot be loaded: its entities ask for more than its migrations make; write the next: npm run guichet -- plugin plan tool-lending --write <what-it-adds>, or start with --without tool-lending.\n',
    });
    await copy.write(file, written);
  });
  it('is not checked by a name that none has', async () => {
    const { code, stderr } = await plugin('check', 'shelf');
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^guichet: There is no plugin "shelf"; there is .*shelves/)]);
  });
});
