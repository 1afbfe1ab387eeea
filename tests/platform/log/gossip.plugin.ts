import { COLLEAGUE, defineModule, type GuichetBuilder, moduleLog, rule, sql, tenantEntity, types } from '@guichet/sdk';

const rules = { all: rule('gossip.all', { roles: [COLLEAGUE], description: 'Every employee.' }) };
const odd = { description: 'Tells what it should not.', rule: rules.all };
const Secret = tenantEntity('plg_gossip.secrets', (t) => ({ text: t.text() }), {
  indexes: { secrets_text: { columns: ['text'], unique: true } },
});
const secrets = Secret.table;

/** What the plugin's faults are about. */
export const VALUES = { phone: '+8613877776666', code: '864209', token: 'q7'.repeat(21), form: 'Ring at the blue door' };

function gossipTypes(builder: GuichetBuilder): void {
  builder.queryFields((t) => ({
    gossip: t.int({
      ...odd,
      nullable: true,
      resolve: () => {
        const cause = new Error(`Nobody picks up ${VALUES.phone}.`);
        throw new Error(`No ${VALUES.form} for ${VALUES.phone}, code ${VALUES.code}, ${VALUES.token}`, { cause });
      },
    }),
    gossipLater: t.int({
      ...odd,
      nullable: true,
      resolve: async () => {
        void Promise.reject(new Error(VALUES.form));
        setImmediate(() => {
          throw new TypeError(VALUES.form);
        });
        await new Promise((resolve) => setImmediate(resolve));
        return { [VALUES.form]: VALUES.phone } as never;
      },
    }),
  }));
  builder.entityFields(types.Contact, (t) => ({
    gossip: t.expression('Int', () => sql`'Ring at the blue door'::int`, { ...odd, nullable: true }),
  }));
  builder.useCase('keepSecret', {
    description: 'Keeps a secret once, and fails in the database the second time.',
    rule: rules.all,
    input: (t) => ({ text: t.text({ description: 'The secret.' }) }),
    run: async (use, { text: secret }) => {
      const row = { organization_id: use.organizationId, id: use.newId(), text: secret };
      const err = new Error(secret, { cause: VALUES.phone });
      const ofAPhone = Number(VALUES.phone.slice(1));
      use.service(moduleLog).warn('SECRET_KEPT', { id: row.id, count: 1, isNew: true, ofAPhone, secret, [secret]: 1, state: 'KEPT', err });
      use.service(moduleLog).info(secret, { [VALUES.form]: VALUES.code } as never);
      await use.on(secrets).insertInto('plg_gossip.secrets').values(row).execute();
      return {};
    },
    success: (t) => ({ done: t.boolean({ ...odd, nullable: true, resolve: () => true }) }),
  });
}

/** A plugin whose faults are full of what must not be in a log. */
export const gossip = defineModule({
  name: 'gossip',
  version: '1.0.0',
  description: 'Tells what it should not.',
  guichet: '^0.1.0',
  needs: ['contacts'],
  entities: [Secret],
  migrations: [
    {
      name: '0001-initial',
      sql: `create schema plg_gossip;
        grant usage on schema plg_gossip to guichet_app;
        create table plg_gossip.secrets (
          organization_id uuid not null, id uuid not null, text text not null,
          primary key (organization_id, id), foreign key (organization_id) references organizations (organization_id));
        create unique index secrets_text on plg_gossip.secrets (organization_id, text);
        alter table plg_gossip.secrets enable row level security;
        alter table plg_gossip.secrets force row level security;
        create policy secrets_organization on plg_gossip.secrets to guichet_app
          using (organization_id = (select current_setting('guichet.organization')::uuid))
          with check (organization_id = (select current_setting('guichet.organization')::uuid));
        grant select, insert, update, delete on plg_gossip.secrets to guichet_app;`,
    },
  ],
  rules: Object.values(rules),
  types: gossipTypes,
});
