import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One copy of graphql: its CommonJS and ESM builds refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts', 'plugins/*/tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-database.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
