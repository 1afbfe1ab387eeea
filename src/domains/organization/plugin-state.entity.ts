import { tenantEntity } from '../../sdk/index.ts';

/** What an organization has decided about a plugin; without a row it is on, with its default settings (spec 8.4). */
export const PluginState = tenantEntity(
  'plugin_states',
  (t) => ({
    plugin: t.text().primary(),
    enabled: t.boolean().default(true),
    settings: t.json<Record<string, unknown>>().defaultRaw(`'{}'`),
    updatedAt: t.timestamptz(),
  }),
  { decidesSeats: true },
);

export const pluginStates = PluginState.table;
