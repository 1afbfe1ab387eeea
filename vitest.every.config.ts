import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

// What is tested in every run and what takes too long for that, to choose from.
const every = mergeConfig(usual, { test: { testTimeout: 1_800_000 } });
every.test.include = ['tests/**/*.{test,long}.ts', 'plugins/*/tests/**/*.{test,long}.ts', 'packages/*/tests/**/*.{test,long}.ts'];

export default every;
