import {
  COLLEAGUE,
  defineModule,
  entityRef,
  type GuichetBuilder,
  type PayloadFields,
  rule,
  sql,
  tenantEntity,
  types,
  type UseCase,
} from '@guichet/sdk';

const rules = {
  read: rule('trouble.read', { roles: [COLLEAGUE], description: 'Every employee.' }),
  write: rule('trouble.write', { roles: [COLLEAGUE], description: 'Every employee.' }),
};
const odd = { description: 'Does what it should not.', rule: rules.read };
const NoteEntity = tenantEntity('plg_trouble.notes', (t) => ({ text: t.text() }));
const notes = NoteEntity.table;
const Note = entityRef('Note', notes);
const never = new Promise<never>(() => {});

/** Lets a use case go on that has been given up; `gone` tells what came of it. */
export const forgotten = {
  release: (): void => {},
  gone: Promise.resolve() as Promise<unknown>,
};

const throws = (): never => {
  throw new Error('Something that nobody thought of.');
};
function declareFields(builder: GuichetBuilder): void {
  const Trouble = builder.objectRef<object>('Trouble').implement({
    description: 'Something that never says what it is.',
    fields: (t) => ({ what: t.int({ ...odd, resolve: () => never }) }),
  });
  builder.queryFields((t) => ({
    throwing: t.int({ ...odd, nullable: true, resolve: throws }),
    throwingBare: t.int({ ...odd, resolve: throws }),
    rejecting: t.int({ ...odd, nullable: true, resolve: () => Promise.reject(new Error('No.')) }),
    wordForNumber: t.int({ ...odd, nullable: true, resolve: () => 'words' as never }),
    objectForList: t.intList({ ...odd, nullable: true, resolve: () => ({}) as never }),
    silent: t.int({ ...odd, nullable: true, resolve: () => never }),
    silentItem: t.intList({ ...odd, nullable: true, resolve: () => [1, never] }),
    silentObject: t.field({ ...odd, type: Trouble, nullable: true, resolve: () => ({}) }),
    sound: t.int({ ...odd, nullable: true, resolve: async () => 1 }),
  }));
  builder.entityFields(types.Contact, (t) => ({
    throwingHere: t.int({ ...odd, needs: ['id'], resolve: throws }),
    silentHere: t.int({ ...odd, nullable: true, needs: ['id'], resolve: () => never }),
  }));
}

function troubleTypes(builder: GuichetBuilder): void {
  declareFields(builder);
  const write = (use: UseCase) =>
    use
      .on(notes)
      .insertInto('plg_trouble.notes')
      .values({ organization_id: use.organizationId, id: use.newId(), text: 'Written.' })
      .execute();
  const success = (t: PayloadFields<object>) => ({ done: t.boolean({ ...odd, nullable: true, resolve: () => true }) });
  builder.useCase('writeNote', {
    description: 'Writes a note.',
    rule: rules.write,
    input: (t) => ({ silently: t.boolean({ required: true, description: 'Never comes to an end.' }) }),
    run: async (use, { silently }) => {
      await write(use);
      if (silently) await never;
      return {};
    },
    success,
  });
  builder.useCase('writeNoteLater', {
    description: 'Writes a note when it has been given up.',
    rule: rules.write,
    run: async (use) => {
      const released = new Promise<void>((resolve) => {
        forgotten.release = resolve;
      });
      const gone = released.then(() => write(use));
      forgotten.gone = gone.catch((error: unknown) => error);
      await gone;
      return {};
    },
    success,
  });
  builder.queryFields((t) => ({
    notes: t.entityPages(Note, { ...odd }),
    failing: t.entity(Note, { ...odd, where: () => sql`1 / 0 = 1` }),
  }));
  builder.entity(Note, {
    description: 'A note.',
    roles: [{ role: COLLEAGUE, held: ({ kind }) => (kind === 'EMPLOYEE' ? 'ALL' : 'NONE'), ways: [] }],
    listedFor: [COLLEAGUE],
    fields: (t) => ({ id: t.globalId(odd), text: t.column('text', odd) }),
  });
}

/** A plugin that does whatever a plugin should not. */
export const trouble = defineModule({
  name: 'trouble',
  version: '1.0.0',
  description: 'Does what a plugin should not.',
  guichet: '^0.1.0',
  needs: ['contacts'],
  entities: [NoteEntity],
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
  types: troubleTypes,
});
