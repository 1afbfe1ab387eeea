import { invalid, type ModuleDefinition, service, type UseCase } from '../../sdk/index.ts';
import { pluginStates } from './plugin-state.entity.ts';

export type InstalledPlugin = Pick<ModuleDefinition, 'name' | 'version' | 'description' | 'settings'> & {
  /** It is off for everybody. */
  readonly isStopped?: boolean;
};
/** The plugins that this server has loaded; the app provides it. */
export const pluginList = service<readonly InstalledPlugin[]>('organization.plugins');

/** @throws ValidationFailed where this server has no plugin of that name. */
export function installed(use: UseCase, name: string): InstalledPlugin {
  const found = use.service(pluginList).find((plugin) => plugin.name === name);
  if (!found)
    throw invalid(['input', 'plugin'], 'UNKNOWN_PLUGIN', {
      en: `This server has no plugin called ${name}.`,
      'zh-CN': `本服务器没有名为 ${name} 的应用。`,
    });
  return found;
}

export async function switchPlugin(use: UseCase, name: string, enabled: boolean): Promise<{ readonly enabled: boolean }> {
  const { name: plugin } = installed(use, name);
  await use.changePlugin(plugin);
  await use
    .on(pluginStates)
    .insertInto('plugin_states')
    .values({ organization_id: use.organizationId, plugin, enabled, updated_at: use.now })
    .onConflict((conflict) => conflict.columns(['organization_id', 'plugin']).doUpdateSet({ enabled, updated_at: use.now }))
    .execute();
  return { enabled };
}
