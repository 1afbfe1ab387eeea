import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// What is run again and again: the core's files that take no more than five seconds each.
// Three on two cores: while two work, one waits for PostgreSQL.
const quick = mergeConfig(usual, { test: { maxWorkers: 3 } });
quick.test.include = ['{tests,packages/*/tests}/**/*.test.ts'];

export default quick;
