import { invalid, type Transaction, type UseCase, validationFailed } from '../../sdk/index.ts';
import { faultsOf, merged, type Settings } from './plugin-settings.rules.ts';
import { pluginStates } from './plugin-state.entity.ts';
import { type InstalledPlugin, installed } from './plugin-state.service.ts';

const states = ({ on }: Pick<Transaction, 'on'>) => on({ plugin_states: pluginStates });

export interface PluginDecision {
  readonly enabled: boolean;
  readonly settings: Settings;
}
/** What the organization of a transaction has decided about its plugins; nothing about those that are as they came. */
export async function storedDecisions(transaction: Pick<Transaction, 'on'>): Promise<ReadonlyMap<string, PluginDecision>> {
  const rows = await states(transaction).selectFrom('plugin_states').select(['plugin', 'enabled', 'settings']).execute();
  return new Map(rows.map(({ plugin, ...decision }) => [plugin, decision]));
}

/** Whether the organization of a transaction has switched a plugin off. */
export async function isSwitchedOff(transaction: Pick<Transaction, 'on'>, plugin: string): Promise<boolean> {
  const found = await states(transaction).selectFrom('plugin_states').select('enabled').where('plugin', '=', plugin).executeTakeFirst();
  return found?.enabled === false;
}

/** Settings of a plugin in the organization of a transaction: what it has set, over the plugin's defaults. */
export async function settingsOf(transaction: Pick<Transaction, 'on'>, { name, settings }: InstalledPlugin): Promise<unknown> {
  if (!settings) throw new Error(`The plugin ${name} has no settings.`);
  return settings.parse((await storedDecisions(transaction)).get(name)?.settings ?? {});
}

/** Sets some of a plugin's settings in the organization. @throws ValidationFailed */
export async function updatePluginSettings(use: UseCase, name: string, given: unknown): Promise<{ readonly plugin: string }> {
  const { settings: schema } = installed(use, name);
  if (!schema)
    throw invalid(['input', 'plugin'], 'NO_SETTINGS', { en: `The plugin ${name} has no settings.`, 'zh-CN': `应用 ${name} 没有设置项。` });
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw invalid(['input', 'settings'], 'INVALID', {
      en: 'Settings are an object, by their names.',
      'zh-CN': '设置应为以名称为键的对象。',
    });
  const settings = merged(await lockSettings(use, name), given as Settings);
  const issues = faultsOf(schema, settings);
  if (issues.length) throw validationFailed({ issues }, issues[0]!.path);
  await use
    .on(pluginStates)
    .updateTable('plugin_states')
    .set({ settings: JSON.stringify(settings) as unknown as Record<string, unknown>, updated_at: use.now })
    .where('plugin', '=', name)
    .execute();
  return { plugin: name };
}

/** Two who set different settings at once take turns, so that neither loses theirs; so do those who act by them. */
async function lockSettings(use: UseCase, plugin: string): Promise<Settings> {
  await use.changePlugin(plugin);
  const db = use.on(pluginStates);
  await db
    .insertInto('plugin_states')
    .values({ organization_id: use.organizationId, plugin, updated_at: use.now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { settings } = await db.selectFrom('plugin_states').select('settings').where('plugin', '=', plugin).executeTakeFirstOrThrow();
  return settings;
}
