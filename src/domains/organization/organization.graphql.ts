import { ADMIN, COLLEAGUE, EXTERNAL, heldByAll, input, type SchemaDoor, sql, type UseCase } from '../../sdk/index.ts';
import { type CERTIFICATION_LEVELS, organizations } from './organization.entity.ts';
import { organization } from './permissions.ts';
import { installedPlugins, switchPlugin } from './plugin-state.service.ts';

const LEVELS: Record<(typeof CERTIFICATION_LEVELS)[number], string> = {
  TEAM: 'Not certified: a team that tries Guichet.',
  BASIC: 'Certified at the first level.',
  INTERMEDIATE: 'Certified at the middle level.',
  ADVANCED: 'Certified at the highest level; may open a service window.',
};

export function organizationSchema(door: SchemaDoor): void {
  door.enum('CertificationLevel', 'How an organization is certified (spec 10.3).', LEVELS);
  door.entity('Organization', {
    table: organizations,
    description: 'A tenant: one company. Nothing crosses from one organization to another.',
    key: 'organization_id',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ kind }) => kind === 'CONTACT'),
      heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.id({ description: 'Its id.', rule: organization.read }),
      name: t.column('name', { description: 'Name of the company.', rule: organization.read }),
      certification: t.column('certification', {
        type: 'CertificationLevel',
        description: 'Level of certification.',
        rule: organization.insiders,
      }),
      country: t.column('country', {
        description: 'ISO 3166 code; phone numbers without a country code are read as of this country.',
        rule: organization.insiders,
      }),
      createdAt: t.column('created_at', { description: 'Since when it is here.', rule: organization.insiders }),
    }),
  });
  door.query((t) => ({
    organization: t.one('Organization', organizations, {
      description: 'The organization of your seat.',
      rule: organization.read,
      where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
    }),
    plugins: t.plain('[Plugin]', {
      description: 'The plugins of this server, and whether they are on in your organization.',
      rule: organization.insiders,
      resolve: (_, __, context) => installedPlugins(context as Parameters<typeof installedPlugins>[0]),
    }),
  }));
  door.object('Plugin', 'A plugin of this server.', {
    name: door.root.plain('String', {
      description: 'Its name.',
      rule: organization.insiders,
      nullable: false,
      resolve: (plugin: { name: string }) => plugin.name,
    }),
    version: door.root.plain('String', {
      description: 'Its version.',
      rule: organization.insiders,
      nullable: false,
      resolve: (plugin: { version: string }) => plugin.version,
    }),
    description: door.root.plain('String', {
      description: 'What it is for.',
      rule: organization.insiders,
      nullable: false,
      resolve: (plugin: { description: string }) => plugin.description,
    }),
    enabled: door.root.plain('Boolean', {
      description: 'Whether it is on in your organization.',
      rule: organization.insiders,
      nullable: false,
      resolve: (plugin: { enabled: boolean }) => plugin.enabled,
    }),
  });
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
}
