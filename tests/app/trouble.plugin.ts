import { COLLEAGUE, defineModule, input, type RootFields, refs, rule, type SchemaDoor, sql, table, text, type UseCase } from '@guichet/sdk';

const rules = {
  read: rule('trouble.read', { roles: [COLLEAGUE], description: 'Every employee.' }),
  write: rule('trouble.write', { roles: [COLLEAGUE], description: 'Every employee.' }),
};
const odd = { description: 'Does what it should not.', rule: rules.read };
const notes = table('plg_trouble.notes', { columns: { text: text() } });
const never = new Promise<never>(() => {});

/** Lets a use case go on that has been given up; `gone` tells what came of it. */
export const forgotten = {
  release: (): void => {},
  gone: Promise.resolve() as Promise<unknown>,
};

const throws = (): never => {
  throw new Error('Something that nobody thought of.');
};
const fields = (t: RootFields) => ({
  throwing: t.plain('Int', { ...odd, resolve: throws }),
  throwingBare: t.plain('Int', { ...odd, nullable: false, resolve: throws }),
  rejecting: t.plain('Int', { ...odd, resolve: () => Promise.reject(new Error('No.')) }),
  wordForNumber: t.plain('Int', { ...odd, resolve: () => 'words' }),
  objectForList: t.plain('[Int]', { ...odd, resolve: () => ({}) }),
  silent: t.plain('Int', { ...odd, resolve: () => never }),
  silentItem: t.plain('[Int]', { ...odd, resolve: () => [1, never] }),
  silentObject: t.plain('Trouble', { ...odd, resolve: () => ({}) }),
  sound: t.plain('Int', { ...odd, resolve: async () => 1 }),
});

function troubleSchema(door: SchemaDoor): void {
  door.query(fields);
  door.object('Trouble', 'Something that never says what it is.', {
    what: door.root.plain('Int', { ...odd, nullable: false, resolve: () => never }),
  });
  door.extend('Contact', refs.Contact, (t) => ({
    throwingHere: t.computed('Int', { ...odd, nullable: false, needs: ['id'], resolve: throws }),
    silentHere: t.computed('Int', { ...odd, needs: ['id'], resolve: () => never }),
  }));
  const write = (use: UseCase) =>
    use
      .on({ 'plg_trouble.notes': notes })
      .insertInto('plg_trouble.notes')
      .values({ organization_id: use.organizationId, id: use.newId(), text: 'Written.' })
      .execute();
  const success = (t: RootFields) => ({ done: t.plain('Boolean', { ...odd, resolve: () => true }) });
  door.mutation('writeNote', {
    description: 'Writes a note.',
    rule: rules.write,
    input: { silently: input.flag('Never comes to an end.') },
    success,
    run: async (use: UseCase, { silently }) => {
      await write(use);
      if (silently) await never;
      return {};
    },
  });
  door.mutation('writeNoteLater', {
    description: 'Writes a note when it has been given up.',
    rule: rules.write,
    input: {},
    success,
    run: async (use: UseCase) => {
      const released = new Promise<void>((resolve) => {
        forgotten.release = resolve;
      });
      const gone = released.then(() => write(use));
      forgotten.gone = gone.catch((error: unknown) => error);
      await gone;
      return {};
    },
  });
  door.query((t) => ({
    notes: t.connection('Note', notes, { ...odd }),
    failing: t.one('Note', notes, { ...odd, where: () => sql`1 / 0 = 1` }),
  }));
  door.entity('Note', {
    table: notes,
    description: 'A note.',
    roles: [{ role: COLLEAGUE, held: ({ kind }) => (kind === 'EMPLOYEE' ? 'ALL' : 'NONE'), ways: [] }],
    listedFor: [COLLEAGUE],
    fields: (t) => ({ id: t.id(odd), text: t.column('text', odd) }),
  });
}

/** A plugin that does whatever a plugin should not. */
export const trouble = defineModule({
  name: 'trouble',
  version: '1.0.0',
  description: 'Does what a plugin should not.',
  guichet: '^0.1.0',
  tables: [notes],
  migrations: [
    {
      name: '0001-initial',
      sql: `create schema plg_trouble;
        grant usage on schema plg_trouble to guichet_app;
        create table plg_trouble.notes (
          organization_id uuid not null, id uuid not null, text text not null,
          primary key (organization_id, id), foreign key (organization_id) references organizations (organization_id));
        alter table plg_trouble.notes enable row level security;
        alter table plg_trouble.notes force row level security;
        create policy notes_organization on plg_trouble.notes to guichet_app
          using (organization_id = (select current_setting('guichet.organization')::uuid))
          with check (organization_id = (select current_setting('guichet.organization')::uuid));
        grant select, insert, update, delete on plg_trouble.notes to guichet_app;`,
    },
  ],
  rules: Object.values(rules),
  schema: troubleSchema,
});
