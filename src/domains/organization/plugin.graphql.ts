import { type FieldContext, type GuichetBuilder, organizationData } from '../../sdk/index.ts';
import { organization } from './permissions.ts';
import { effective } from './plugin-settings.rules.ts';
import { type PluginDecision, storedDecisions, updatePluginSettings } from './plugin-settings.service.ts';
import { type InstalledPlugin, pluginList, switchPlugin } from './plugin-state.service.ts';

const pluginsOf = ({ switchboard }: FieldContext): readonly InstalledPlugin[] => switchboard.service(pluginList);
/** Not what is remembered of the seat: who has just switched a plugin sees it switched. */
const decisionOn = async ({ name }: InstalledPlugin, context: FieldContext): Promise<PluginDecision | undefined> => {
  const read = () => context.switchboard.service(organizationData).read(context.seat.organizationId, storedDecisions);
  return (await context.loader('organization.plugins', read)).get(name);
};

/** Plugins of an organization: which there are, whether they are on, and their settings (spec 8.1, 8.4). */
export function pluginTypes(builder: GuichetBuilder): void {
  const Plugin = declarePlugin(builder);
  builder.queryField('plugins', (t) =>
    t.field({
      type: [Plugin],
      nullable: true,
      description: 'The plugins of this server, and whether they are on in your organization.',
      rule: organization.insiders,
      resolve: (_, __, context) => [...pluginsOf(context)],
    }),
  );
  const rule = organization.plugins;
  builder.useCase('switchPlugin', {
    description:
      'Switches a plugin on or off in your organization while the server runs. Off, its fields answer PLUGIN_DISABLED and its data stays (spec 8.4).',
    rule,
    input: (t) => ({
      plugin: t.text({ description: 'Name of the plugin.' }),
      enabled: t.boolean({ required: true, description: 'On or off.' }),
    }),
    run: (use, { plugin, enabled }) => switchPlugin(use, plugin, enabled),
    success: (t) => ({ enabled: t.exposeBoolean('enabled', { description: 'Whether it is on now.', rule }) }),
  });
  builder.useCase('updatePluginSettings', {
    description: 'Changes some settings of a plugin in your organization; those that are left out stay as they are.',
    rule,
    input: (t) => ({
      plugin: t.text({ description: 'Name of the plugin.' }),
      settings: t.field({
        type: 'JSON',
        required: true,
        description: 'New values by the names of the settings, as an object; null takes a setting back to its default.',
      }),
    }),
    run: (use, { plugin, settings }) => updatePluginSettings(use, plugin, settings),
    success: (t) => ({
      plugin: t.field({
        type: Plugin,
        nullable: true,
        description: 'The plugin with its settings as they are now.',
        rule,
        resolve: ({ plugin }, _, context) => pluginsOf(context).find(({ name }) => name === plugin),
      }),
    }),
  });
}

function declarePlugin(builder: GuichetBuilder) {
  const rule = organization.insiders;
  return builder.objectRef<InstalledPlugin>('Plugin').implement({
    description: 'A plugin of this server.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its name.', rule }),
      version: t.exposeString('version', { description: 'Its version.', rule }),
      description: t.exposeString('description', { description: 'What it is for.', rule }),
      enabled: t.boolean({
        description:
          'Whether it is on in your organization. One that has done harm to the whole server is off until the operator turns it on.',
        rule,
        resolve: async (plugin, _, context) => !plugin.isStopped && ((await decisionOn(plugin, context))?.enabled ?? true),
      }),
      settings: t.field({
        type: 'JSON',
        nullable: true,
        description: 'Its settings in your organization, defaults filled in; null where it has none.',
        rule: organization.plugins,
        resolve: async (plugin, _, context) =>
          plugin.settings && effective(plugin.settings, (await decisionOn(plugin, context))?.settings ?? {}),
      }),
    }),
  });
}
