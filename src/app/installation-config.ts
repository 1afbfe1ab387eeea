import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { PipelinePlugin } from '../platform/server/index.ts';
import { SettingsError } from './settings.ts';

/** What an operator says in code, because a variable cannot: `guichet.config.ts` in the folder where the server is started. */
export interface InstallationConfig {
  /** Plugins beside those in `plugins/`: paths of folders that begin with a dot or a slash, and names of packages. */
  readonly plugins: readonly string[];
  /** Plugins of graphql-yoga. */
  readonly yoga: readonly PipelinePlugin[];
}
const NAMES = ['guichet.config.ts', 'guichet.config.mts', 'guichet.config.js', 'guichet.config.mjs'];

const plugin = z.custom<PipelinePlugin['plugin']>(
  (value) => typeof value === 'object' && value !== null,
  'must be a plugin of graphql-yoga',
);
const config = z.strictObject({
  plugins: z.array(z.string().min(1)).default([]),
  yoga: z
    .array(z.strictObject({ plugin, operations: z.array(z.string().min(1)).min(1, 'name at least one, or leave it out').optional() }))
    .default([]),
});

/**
 * Reads the configuration of a folder; without a file there is nothing in it.
 * @throws SettingsError that says which file, what and where
 */
export async function readConfig(folder = process.cwd()): Promise<InstallationConfig> {
  const name = NAMES.find((one) => existsSync(resolve(folder, one)));
  if (!name) return { plugins: [], yoga: [] };
  const file = resolve(folder, name);
  let given: unknown;
  try {
    given = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    const { message } = error as Error;
    const mend = /'export'|import statement/.test(message) ? '; say that it is a module: npm pkg set type=module' : '';
    throw new SettingsError(`${name}: it cannot be loaded: ${message}${mend}`);
  }
  const parsed = config.safeParse(given);
  if (parsed.success) return parsed.data as InstallationConfig;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${['default', ...path].join('.')}: ${message}`);
  throw new SettingsError(`${name} is not right:\n${faults.join('\n')}`);
}

/** What the start says of it; undefined where there is nothing to say. */
export function configLine({ yoga }: Pick<InstallationConfig, 'yoga'>): string | undefined {
  if (yoga.length === 0) return undefined;
  const count = yoga.length === 1 ? 'one plugin of yoga' : `${yoga.length} plugins of yoga`;
  if (yoga.some(({ operations }) => !operations))
    return `${count}, of which one names no operations: every request goes through the pipeline, also those that are known by their text`;
  return `${count}, for ${[...new Set(yoga.flatMap(({ operations }) => operations ?? []))].join(', ')}`;
}
