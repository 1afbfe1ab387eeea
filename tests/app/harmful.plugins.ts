// Plugins that do harm to the whole server, as they would lie in `plugins/`. Their fields are public, so that nobody need sign in.

const plugin = (name: string, fields: string, before = ''): string => `
  import { execSync } from 'node:child_process';
  import { existsSync, rmSync } from 'node:fs';
  import { defineModule, publicRule } from '@guichet/sdk';
  const open = { description: 'Any.', rule: publicRule };
  const aTurn = () => new Promise((resolve) => setImmediate(resolve));
  const blockFor = (ms: number): number => { const end = Date.now() + ms; while (Date.now() < end); return 1; };
  ${before}
  export default defineModule({ name: '${name}', version: '1.0.0', description: 'Does harm.', guichet: '^0.1.0',
    types: (builder) => builder.queryFields((t) => ({ ${fields} })) });`;
const field = (name: string, work: string): string => `${name}: t.int({ ...open, nullable: true, resolve: async () => { ${work} } }),`;

export const HARMFUL = {
  blocking: plugin(
    'blocking',
    field('brief', 'return blockFor(300);') +
      field('long', 'return blockFor(4_000);') +
      field('later', 'await aTurn(); for (;;);') +
      field('inRegex', "await aTurn(); return Number(/^(a+)+$/.test('a'.repeat(60) + 'b'));") +
      field('inSystem', "execSync('sleep 60'); return 1;"),
  ),
  straying: plugin(
    'straying',
    field('rejects', "void Promise.reject(new Error('Ring at the blue door')); return 1;") +
      field('throwsLater', "setImmediate(() => { throw new Error('Ring at the blue door'); }); await aTurn(); return 1;") +
      field('throwsWordLater', "setImmediate(() => { throw 'Ring at the blue door'; }); return new Promise(() => {});"),
  ),
  /** It does harm although none of its fields is asked: when the file named by HARM appears. */
  lurking: plugin(
    'lurking',
    field('idle', 'return 1;'),
    `setInterval(() => {
      const sign = process.env.HARM ?? '';
      if (!existsSync(sign)) return;
      rmSync(sign);
      for (;;);
    }, 50).unref();`,
  ),
  steady: plugin('steady', field('steady', 'return 1;')),
} as const;
