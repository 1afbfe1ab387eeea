import { fileURLToPath } from 'node:url';

/** What `guichet plugin test` gives to vitest: one PostgreSQL for all files of the plugin, and limits that only end what hangs. */
export default {
  // One copy of graphql: its CommonJS and ESM builds refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.{ts,js}'],
    globalSetup: [fileURLToPath(new URL('./plugin-tests.setup.ts', import.meta.url))],
    pool: 'forks',
    isolate: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
};
