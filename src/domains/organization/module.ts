import { defineModule, readMigrations } from '../../sdk/index.ts';
import { Certification, Organization } from './organization.entity.ts';
import { organizationTypes } from './organization.graphql.ts';
import { organization } from './permissions.ts';
import { pluginTypes } from './plugin.graphql.ts';
import { PluginState } from './plugin-state.entity.ts';

export const organizationModule = defineModule({
  name: 'organization',
  version: '0.1.0',
  description: 'Tenants, their certification, and which plugins they use.',
  entities: [Organization, Certification, PluginState],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(organization),
  types: (builder) => {
    organizationTypes(builder);
    pluginTypes(builder);
  },
  seatFacts: async (transaction) => {
    const rows = await transaction
      .on({ plugin_states: PluginState.table })
      .selectFrom('plugin_states')
      .select('plugin')
      .where('enabled', '=', false)
      .execute();
    return { pluginsOff: rows.map(({ plugin }) => plugin) };
  },
});
