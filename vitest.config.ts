import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// Of the tests' processes and their threads: what a table is read in is compiled once, and not for every table.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/tests', import.meta.url));

/** Run by `npm run check:long` alone, when somebody asks for it: what needs a machine to itself, or more than minutes. */
const ON_DEMAND = [
  'tests/app/{packed-forms,packed-installation,start-up,watchdog}.long.ts',
  'tests/attacks/odd-values-everywhere.long.ts',
  'tests/platform/read/both-ways.long.ts',
  'tests/reliability/{contact-import,employee-import,form-acts-cut,form-values-million,full-disk,kill,rolling,slow}.long.ts',
];

// Whatever is named: `npx vitest run tests/domains/forms`. Without a name `npm test` is what one wants.
export default defineConfig({
  // One copy of graphql: its CommonJS and ESM builds refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['{tests,plugins/*/tests,packages/*/tests}/**/*.{test,long}.ts'],
    exclude: [...configDefaults.exclude, ...ON_DEMAND],
    globalSetup: ['tests/support/global-database.ts'],
    pool: 'forks',
    isolate: false, // files share their worker's modules: nothing lives in a module that one test could leave to another
    maxWorkers: 2,
    // What is wrong fails by what it says. These only end what hangs, on the slowest machine too.
    testTimeout: 1_800_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000, interval: 10 } },
  },
});
