import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// What takes too long for every run: the same set-up, other files, one after the other because some load the machine themselves.
const long = mergeConfig(usual, { test: { maxWorkers: 1, testTimeout: 1_800_000, hookTimeout: 600_000 } });
long.test.include = ['tests/**/*.long.ts', 'packages/*/tests/**/*.long.ts', 'plugins/*/tests/**/*.{test,long}.ts'];

export default long;
