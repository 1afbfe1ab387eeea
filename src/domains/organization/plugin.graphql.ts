import {
  type FieldSpec,
  input,
  organizationData,
  type Rule,
  type SchemaDoor,
  type Seat,
  type Service,
  type UseCase,
} from '../../sdk/index.ts';
import { organization } from './permissions.ts';
import { effective } from './plugin-settings.rules.ts';
import { type PluginDecision, storedDecisions, updatePluginSettings } from './plugin-settings.service.ts';
import { type InstalledPlugin, pluginList, switchPlugin } from './plugin-state.service.ts';

interface Asking {
  readonly seat: Seat;
  readonly switchboard: { service<Contract>(token: Service<Contract>): Contract };
  loader<T>(name: string, make: () => T): T;
}
const pluginsOf = ({ switchboard }: Asking): readonly InstalledPlugin[] => switchboard.service(pluginList);
/** Not what is remembered of the seat: who has just switched a plugin sees it switched. */
const decisionOn = async ({ name }: InstalledPlugin, context: Asking): Promise<PluginDecision | undefined> => {
  const read = () => context.switchboard.service(organizationData).read(context.seat.organizationId, storedDecisions);
  return (await context.loader('organization.plugins', read)).get(name);
};

/** Plugins of an organization: which there are, whether they are on, and their settings (spec 8.1, 8.4). */
export function pluginSchema(door: SchemaDoor): void {
  declarePlugin(door);
  door.query((t) => ({
    plugins: t.plain('[Plugin]', {
      description: 'The plugins of this server, and whether they are on in your organization.',
      rule: organization.insiders,
      resolve: (_, __, context: Asking) => pluginsOf(context),
    }),
  }));
  door.mutation('switchPlugin', {
    description:
      'Switches a plugin on or off in your organization while the server runs. Off, its fields answer PLUGIN_DISABLED and its data stays (spec 8.4).',
    rule: organization.plugins,
    input: { plugin: input.text('Name of the plugin.'), enabled: input.flag('On or off.') },
    success: (t) => ({
      enabled: t.plain('Boolean', {
        description: 'Whether it is on now.',
        rule: organization.plugins,
        nullable: false,
        resolve: (payload: { enabled: boolean }) => payload.enabled,
      }),
    }),
    run: (use: UseCase, { plugin, enabled }) => switchPlugin(use, plugin, enabled),
  });
  door.mutation('updatePluginSettings', {
    description: 'Changes some settings of a plugin in your organization; those that are left out stay as they are.',
    rule: organization.plugins,
    input: {
      plugin: input.text('Name of the plugin.'),
      settings: input.anyJson('New values by the names of the settings, as an object; null takes a setting back to its default.'),
    },
    success: (t) => ({
      plugin: t.plain('Plugin', {
        description: 'The plugin with its settings as they are now.',
        rule: organization.plugins,
        resolve: ({ plugin }: { plugin: string }, _, context: Asking) => pluginsOf(context).find(({ name }) => name === plugin),
      }),
    }),
    run: (use: UseCase, { plugin, settings }) => updatePluginSettings(use, plugin, settings),
  });
}

function declarePlugin(door: SchemaDoor): void {
  const told = (
    type: string,
    description: string,
    resolve: (plugin: InstalledPlugin, _: unknown, context: Asking) => unknown,
    { rule = organization.insiders, nullable = false }: { rule?: Rule; nullable?: boolean } = {},
  ): FieldSpec => door.root.plain(type, { description, rule, nullable, resolve });
  door.object('Plugin', 'A plugin of this server.', {
    name: told('String', 'Its name.', ({ name }) => name),
    version: told('String', 'Its version.', ({ version }) => version),
    description: told('String', 'What it is for.', ({ description }) => description),
    enabled: told(
      'Boolean',
      'Whether it is on in your organization. One that has done harm to the whole server is off until the operator turns it on.',
      async (plugin, _, context) => !plugin.isStopped && ((await decisionOn(plugin, context))?.enabled ?? true),
    ),
    settings: told(
      'JSON',
      'Its settings in your organization, defaults filled in; null where it has none.',
      async (plugin, _, context) => plugin.settings && effective(plugin.settings, (await decisionOn(plugin, context))?.settings ?? {}),
      { rule: organization.plugins, nullable: true },
    ),
  });
}
