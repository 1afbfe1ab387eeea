import { configDefaults, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// What takes too long for every run: the same set-up, other files, one after the other because some load the machine themselves.
const long = mergeConfig(usual, { test: { maxWorkers: 1 } });
long.test.include = ['{tests,plugins/*/tests,packages/*/tests}/**/*.long.ts'];
long.test.exclude = configDefaults.exclude;

export default long;
