import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { defineModule, publicRule } from '../../src/sdk/index.ts';
import { testPlugin } from '../../src/sdk/testing.ts';
import { levelOf, pluginTestLogger, testLogger } from '../../src/testing/test-log.ts';

const faulty = defineModule({
  name: 'faulty',
  version: '1.0.0',
  description: 'Fails.',
  guichet: '^0.1.0',
  types: (builder) =>
    builder.queryField('faultyField', (t) =>
      t.string({
        description: 'Fails.',
        rule: publicRule,
        nullable: true,
        resolve: () => {
          throw new Error('the shelf 4711 is empty');
        },
      }),
    ),
});
/** What is written to the terminal meanwhile. */
function terminal(): string[] {
  const lines: string[] = [];
  const spied = vi.spyOn(process.stderr, 'write').mockImplementation((line) => Boolean(lines.push(String(line))));
  onTestFinished(() => spied.mockRestore());
  return lines;
}

describe('TEST_LOG', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', undefined],
    ['1', 'info'],
    ['true', 'info'],
    ['DEBUG', 'debug'],
    ['silent', 'silent'],
  ])('%j is the level %j', (said, level) => {
    expect(levelOf(said)).toBe(level);
    expect(testLogger(said).level).toBe(level ?? 'silent');
    expect(pluginTestLogger(said).level).toBe(level ?? 'error');
  });
});

describe('the test kit of plugins', () => {
  it('shows the cause of INTERNAL on the terminal, which the answer does not tell', async () => {
    vi.stubEnv('TEST_LOG', undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    const plugin = await testPlugin(faulty);
    onTestFinished(() => plugin.stop());
    const lines = terminal();
    const { errors } = await plugin.owner.ask('{ faultyField }');
    expect(errors).toMatchObject([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }]);
    expect(lines.join('')).toMatch(/the shelf 4711 is empty[\s\S]*test-log\.test\.ts:\d+/);
  });

  it('is silent where it is asked to be', async () => {
    vi.stubEnv('TEST_LOG', 'silent');
    onTestFinished(() => void vi.unstubAllEnvs());
    const plugin = await testPlugin(faulty);
    onTestFinished(() => plugin.stop());
    const lines = terminal();
    expect((await plugin.owner.ask('{ faultyField }')).errors).toHaveLength(1);
    expect(lines).toEqual([]);
  });
});
