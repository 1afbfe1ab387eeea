import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// What is run again and again: the core's files that take no more than five seconds each.
const quick = mergeConfig(usual, {});
quick.test.include = ['{tests,packages/*/tests}/**/*.test.ts'];

export default quick;
