import { z } from 'zod';
import type { LoadedModule } from './loaded-module.ts';

type Given = Omit<LoadedModule, 'tables'>;

import { ModuleError } from './module.errors.ts';
import { strayStatement } from './plugin-migration.rules.ts';
import { accepts, isRange, isVersion } from './version-range.rules.ts';

export const isPluginName = (name: unknown): boolean => typeof name === 'string' && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
const list = z.array(z.looseObject({})).optional();
const fun = z.custom<unknown>((given) => typeof given === 'function', 'a function is expected').optional();
/** Plugins are not compiled: what a manifest holds may be anything. */
const manifest = z.looseObject({
  description: z.string().min(1),
  needs: z.array(z.string()).optional(),
  entities: z.array(z.looseObject({ table: z.looseObject({ name: z.string() }) })).optional(),
  migrations: z.array(z.looseObject({ name: z.string(), sql: z.string() })).optional(),
  rules: list,
  rights: z.record(z.string(), z.string().min(1)).optional(),
  listeners: list,
  services: list,
  registrations: list,
  jobs: z.array(z.looseObject({ name: z.string(), description: z.string().min(1), run: fun })).optional(),
  clocks: z
    .array(
      z.looseObject({
        name: z.string(),
        description: z.string().min(1),
        cron: z.string().regex(/^\S+( \S+){4}$/, 'five fields are expected'),
        run: fun,
      }),
    )
    .optional(),
  types: fun,
  seatFacts: fun,
  demo: fun,
});

/** @throws ModuleError for the first fault */
export function checkManifest(module: Given, coreVersion: string): void {
  const { name, version, isPlugin, guichet } = module;
  if (!isPluginName(name))
    throw new ModuleError({ name, isPlugin }, 'its name is not made of lower case letters, digits and single dashes', 'rename it');
  if (!isVersion(version)) throw new ModuleError(module, `its version "${version}" is no semantic version`, 'write it like 1.0.0');
  const { error } = manifest.safeParse(module);
  if (error) {
    const [{ path, message }] = error.issues as [z.core.$ZodIssue];
    throw new ModuleError(module, `its definition is not right at \`${path.join('.')}\`: ${message}`, 'write it as ModuleDefinition says');
  }
  if (!isPlugin) return;
  if (!guichet)
    throw new ModuleError(module, 'it does not say which versions of Guichet it works with', `add \`guichet: '^${coreVersion}'\``);
  if (!isRange(guichet))
    throw new ModuleError(module, `its range "${guichet}" cannot be read`, `write a caret range or one version, such as ^${coreVersion}`);
  if (!accepts(guichet, coreVersion))
    throw new ModuleError(
      module,
      `it works with Guichet ${guichet}, and this is ${coreVersion}`,
      'install a version of the plugin for this server',
    );
  checkSettings(module);
  checkDatabase(module);
}

/** An organization that has set nothing has settings all the same. */
function checkSettings(module: Given): void {
  const { settings } = module;
  if (settings === undefined) return;
  const mend = 'write them as a zod object whose every setting has a default';
  if (typeof settings?.safeParse !== 'function') throw new ModuleError(module, 'its settings are no zod type', mend);
  const { error } = settings.safeParse({});
  if (!error) return;
  const [{ path, message }] = error.issues as [z.core.$ZodIssue];
  throw new ModuleError(module, `its settings have no default at \`${path.join('.')}\`: ${message}`, mend);
}

export const schemaOf = (plugin: string): string => `plg_${plugin.replaceAll('-', '_')}`;

function checkDatabase(module: Given): void {
  const schema = schemaOf(module.name);
  for (const {
    table: { name },
  } of module.entities ?? [])
    if (!name.startsWith(`${schema}.`))
      throw new ModuleError(
        module,
        `its table ${name} lies outside its own database schema`,
        `call it ${schema}.${name.replace(/^.*\./, '')}`,
      );
  for (const { name, sql } of module.migrations ?? []) {
    const stray = strayStatement(sql, schema);
    if (stray === undefined) continue;
    const fault = `its migration ${name} holds what a plugin’s may not hold: "${stray}"`;
    throw new ModuleError(module, fault, `let it create, alter, drop and grant tables and indexes of ${schema} alone`);
  }
}
