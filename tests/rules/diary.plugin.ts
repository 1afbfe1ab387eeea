import {
  bigint,
  bytewiseText,
  COLLEAGUE,
  defineModule,
  type EntityRole,
  heldByAll,
  heldToward,
  input,
  OWNER,
  rule,
  type SchemaDoor,
  sql,
  table,
  text,
  type UseCase,
  uuid,
  way,
} from '@guichet/sdk';
import { tableDdl } from '../../src/platform/database/table-ddl.ts';

// Notes that every employee comes to by title, while what is in them is for their owners: on every path, filter, order and search.

const title = rule('diary.title', { roles: [OWNER, COLLEAGUE], description: 'Every employee.' });
const inside = rule('diary.inside', { roles: [OWNER], description: 'Whoever wrote it.' });

const notes = table('plg_diary.notes', {
  columns: {
    owner_id: uuid().references('employees'),
    title: text(),
    secret: bytewiseText().nullable(),
    secret_order: bytewiseText(),
    weight: bigint(),
  },
});
const terms = table('plg_diary.note_terms', {
  columns: { term: bytewiseText(), note_id: uuid().references('plg_diary.notes', 'cascade') },
  key: ['term', 'note_id'],
});
const tables = { 'plg_diary.notes': notes, 'plg_diary.note_terms': terms };

const roles: readonly EntityRole[] = [
  heldToward(OWNER, [way(notes, {}, ({ row, seat }) => sql`${row.owner_id} = ${seat.me}`)]),
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
];

function diarySchema(door: SchemaDoor): void {
  door.entity('DiaryNote', {
    table: notes,
    description: 'A note.',
    roles,
    listedFor: [OWNER],
    reachableFor: [OWNER, COLLEAGUE],
    orders: { SECRET: { column: 'secret_order', rule: inside, description: 'By what is in it.' } },
    search: { table: terms, key: 'note_id', rule: inside, normalize: (typed) => typed.trim() || undefined },
    filters: {
      title: { compares: 'text', column: 'title', rule: title, description: 'By title.' },
      secret: { compares: 'text', column: 'secret', rule: inside, description: 'By what is in it.' },
      weight: { compares: 'number', column: 'weight', rule: inside, description: 'By its weight.' },
    },
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule: title }),
      title: t.column('title', { description: 'Title.', rule: title }),
      secret: t.column('secret', { description: 'What is in it.', rule: inside }),
      weight: t.column('weight', { description: 'Weight.', rule: inside }),
    }),
  });
  door.query((t) => ({
    diaryNotes: t.connection('DiaryNote', notes, { description: 'All notes.', rule: title }),
    ownDiaryNotes: t.connection('DiaryNote', notes, { description: 'Notes of one’s own.', rule: title, listedBy: () => [OWNER] }),
  }));
  door.mutation('writeDiaryNote', {
    description: 'Writes a note, or writes it anew.',
    rule: title,
    input: {
      title: input.text('Title: that of a note of one’s own, or of a new one.'),
      secret: input.optional(input.text('What is in it.')),
      weight: input.integer('Weight.'),
    },
    success: (t) => ({ note: t.fromSource('DiaryNote', 'note', { description: 'The note.', rule: title }) }),
    run: async (use: UseCase, given) => ({ note: await write(use, given.title, given.secret ?? null, given.weight) }),
  });
}

async function write(use: UseCase, named: string, secret: string | null, weight: number): Promise<string> {
  const db = use.on(tables);
  const own = { organization_id: use.organizationId };
  const known = await db.selectFrom('plg_diary.notes').select('id').where('title', '=', named).executeTakeFirst();
  const id = known?.id ?? use.newId();
  const content = { secret, secret_order: secret ?? '' };
  if (known)
    await db
      .updateTable('plg_diary.notes')
      .set({ ...content, weight })
      .where('id', '=', id)
      .execute();
  else
    await db
      .insertInto('plg_diary.notes')
      .values({ ...own, id, owner_id: use.seat.id, title: named, ...content, weight })
      .execute();
  await db.deleteFrom('plg_diary.note_terms').where('note_id', '=', id).execute();
  if (secret)
    await db
      .insertInto('plg_diary.note_terms')
      .values({ ...own, term: secret, note_id: id })
      .execute();
  return id;
}

export default defineModule({
  name: 'diary',
  version: '0.1.0',
  description: 'Notes of employees.',
  guichet: '^0.1.0',
  needs: ['directory'],
  tables: [notes, terms],
  migrations: [
    {
      name: '0001-initial',
      sql: `create schema plg_diary; grant usage on schema plg_diary to guichet_app;\n${tableDdl(notes)}\n${tableDdl(terms)}`,
    },
  ],
  rules: [title, inside],
  schema: diarySchema,
});
