import { boolean, json, table, text, timestamptz } from '../../sdk/index.ts';

/** What an organization has decided about a plugin; without a row it is on, with its default settings (spec 8.4). */
export const pluginStates = table('plugin_states', {
  decidesSeats: true,
  columns: {
    plugin: text(),
    enabled: boolean().default('true'),
    settings: json<Record<string, unknown>>().default(`'{}'`),
    updated_at: timestamptz(),
  },
  key: ['plugin'],
});
