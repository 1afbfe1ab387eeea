import { ADMIN, COLLEAGUE, EXTERNAL, type GuichetBuilder, heldByAll, sql, words } from '../../sdk/index.ts';
import { Organization } from './organization.refs.ts';
import { organization } from './permissions.ts';

const CertificationLevel = words('CertificationLevel', 'How an organization is certified (spec 10.3).', {
  TEAM: 'Not certified: a team that tries Guichet.',
  BASIC: 'Certified at the first level.',
  INTERMEDIATE: 'Certified at the middle level.',
  ADVANCED: 'Certified at the highest level; may open a service window.',
});

export function organizationTypes(builder: GuichetBuilder): void {
  const rule = organization.insiders;
  builder.words(CertificationLevel);
  builder.entity(Organization, {
    description: 'A tenant: one company. Nothing crosses from one organization to another.',
    key: 'organization_id',
    roles: [
      heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
      heldByAll(EXTERNAL, ({ kind }) => kind === 'CONTACT'),
      heldByAll(ADMIN, ({ rights }) => rights.get('PLUGINS') === 'ALL'),
    ],
    listedFor: [COLLEAGUE, EXTERNAL],
    fields: (t) => ({
      id: t.globalId({ description: 'Its id.', rule: organization.read }),
      name: t.column('name', { description: 'Name of the company.', rule: organization.read }),
      certification: t.column('certification', { type: CertificationLevel, description: 'Level of certification.', rule }),
      country: t.column('country', {
        description: 'ISO 3166 code; phone numbers without a country code are read as of this country.',
        rule,
      }),
      timeZone: t.column('time_zone', {
        description:
          'IANA name such as `Asia/Shanghai`: hours and days of the organization are read as of this zone, those of forms and visits too.',
        rule: organization.read,
      }),
      createdAt: t.column('created_at', { description: 'Since when it is here.', rule }),
    }),
  });
  builder.queryField('organization', (t) =>
    t.entity(Organization, {
      description: 'The organization of your seat.',
      rule: organization.read,
      where: (row, { seat }) => sql`${row.organization_id} = ${seat.organization}`,
    }),
  );
}
