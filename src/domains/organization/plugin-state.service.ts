import { invalid, type Outcome, type Seat, service, type UseCase } from '../../sdk/index.ts';
import { pluginStates } from './plugin-state.entity.ts';

export interface InstalledPlugin {
  readonly name: string;
  readonly version: string;
  readonly description: string;
}
/** The plugins that this server has loaded; the app provides it. */
export const pluginList = service<readonly InstalledPlugin[]>('organization.plugins');

export async function switchPlugin(use: UseCase, plugin: string, enabled: boolean): Promise<Outcome> {
  const known = use.service(pluginList).some(({ name }) => name === plugin);
  if (!known) throw invalid(['input', 'plugin'], 'UNKNOWN_PLUGIN', `This server has no plugin called ${plugin}.`);
  await use
    .on({ plugin_states: pluginStates })
    .insertInto('plugin_states')
    .values({
      organization_id: use.organizationId,
      plugin,
      enabled,
      settings: '{}' as unknown as Record<string, unknown>,
      updated_at: use.now,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'plugin']).doUpdateSet({ enabled, updated_at: use.now }))
    .execute();
  return { enabled };
}

interface Asking {
  readonly seat: Seat | undefined;
  readonly switchboard: { service<T>(token: { readonly name: string }): T };
}
export const installedPlugins = ({ seat, switchboard }: Asking): (InstalledPlugin & { enabled: boolean })[] =>
  switchboard.service<readonly InstalledPlugin[]>(pluginList).map((plugin) => ({ ...plugin, enabled: !seat?.pluginsOff.has(plugin.name) }));
