import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Of the tests' processes and their threads: what a table is read in is compiled once, and not for every table.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('./node_modules/.cache/tests', import.meta.url));

export default defineConfig({
  // One copy of graphql: its CommonJS and ESM builds refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts', 'plugins/*/tests/**/*.test.ts', 'packages/*/tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-database.ts'],
    pool: 'forks',
    isolate: false, // files share their worker's modules: nothing lives in a module that one test could leave to another
    maxWorkers: 2,
    // What is wrong fails by what it says. These only end what hangs, on the slowest machine too.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 120_000, interval: 10 } },
  },
});
