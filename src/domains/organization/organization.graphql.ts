import { ADMIN, COLLEAGUE, EXTERNAL, heldByAll, type SchemaDoor, sql } from '../../sdk/index.ts';
import { type CERTIFICATION_LEVELS, organizations } from './organization.entity.ts';
import { organization } from './permissions.ts';

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
  }));
}
