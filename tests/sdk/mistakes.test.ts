import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';
import {
  COLLEAGUE,
  defineModule,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  refusalType,
  rule,
  tenantEntity,
  versionConflict,
} from '../../src/sdk/index.ts';
import { type TestPlugin, testPlugin } from '../../src/sdk/testing.ts';

// Mistakes that show only when somebody asks: the terminal tells the author what is missing, and where it goes.

const own = { rule: rule('lending.read', { roles: [COLLEAGUE], description: 'Every employee.' }), description: 'Something.' };
const Tools = tenantEntity('plg_lending.tools', (t) => ({ name: t.text(), unit: t.text() }));
const Tool = entityRef('LendingTool', Tools);
const lendingAllOut = refusalType('LendingAllOut', {
  description: 'All are out.',
  message: { en: 'All are out.', 'zh-CN': '已全部借出。' },
});

function lendingTypes(builder: GuichetBuilder): void {
  builder.entity(Tool, {
    description: 'A tool.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId(own),
      label: t.string({ ...own, needs: ['name'], resolve: ({ name, unit }) => `${name}, ${unit}` }),
      sticker: t.string({ ...own, needs: ['name', 'unit'], resolve: (tool) => `${tool.name}, ${tool.unit}, ${tool}` }),
    }),
  });
  builder.useCase('addLendingTool', {
    ...own,
    run: async (use) => ({ tool: use.em.create(Tools, { name: 'Saw', unit: 'piece' }).id }),
    success: (t) => ({ tool: t.loaded(Tool, 'tool', own) }),
  });
  for (const [name, refused] of [
    ['lendTool', () => lendingAllOut({})],
    ['updateLendingTool', () => versionConflict({ current: { type: 'LendingTool', uuid: '' } })],
  ] as const)
    builder.useCase(name, {
      ...own,
      run: async (): Promise<{ done: boolean }> => {
        throw refused();
      },
      success: (t) => ({ done: t.boolean({ ...own, nullable: true, resolve: ({ done }) => done }) }),
    });
}

let plugin: TestPlugin;
beforeAll(async () => {
  plugin = await testPlugin(
    defineModule({
      name: 'lending',
      version: '0.1.0',
      description: 'Tools.',
      guichet: '^0.1.0',
      entities: [Tools],
      migrations: [{ name: '0001-initial', sql: (await nextMigration([Tools.table])).sql }],
      rules: [own.rule],
      types: lendingTypes,
    }),
  );
});
afterAll(() => plugin?.stop());

/** What is written to the terminal while somebody is answered INTERNAL. */
async function toldFor(query: string): Promise<string> {
  const lines: string[] = [];
  const spied = vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
  onTestFinished(() => spied.mockRestore());
  expect((await plugin.owner.ask(query)).errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
  return lines.join('');
}

describe('a field that is resolved from more than it needs', () => {
  it('is not given it, and its author is told', async () => {
    const { tool } = await plugin.owner.does(
      'mutation { addLendingTool { __typename ... on AddLendingToolSuccess { tool { sticker } } } }',
    );
    expect(tool).toEqual({ sticker: 'Saw, piece, [object Object]' });
    expect(await toldFor('mutation { addLendingTool { ... on AddLendingToolSuccess { tool { label } } } }')).toContain(
      "A field is resolved from unit of plg_lending.tools, which it does not need: add 'unit' to its `needs`.",
    );
  });
});

describe('a refusal that a mutation does not name', () => {
  it.each([
    ['lendTool', 'LendingAllOut'],
    ['updateLendingTool', 'VersionConflict'],
  ])('of %s is told to its author', async (mutation, refused) => {
    expect(await toldFor(`mutation { ${mutation} { __typename } }`)).toContain(
      `The mutation ${mutation} was refused with ${refused}, which it does not name: add it to \`refusals\`.`,
    );
  });
});
