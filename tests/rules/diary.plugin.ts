import {
  COLLEAGUE,
  defineModule,
  type EntityRole,
  entityRef,
  type GuichetBuilder,
  heldByAll,
  heldToward,
  OWNER,
  refs,
  rule,
  sql,
  tenantEntity,
  type UseCase,
  way,
} from '@guichet/sdk';
import { nextMigration } from '../../src/platform/entities/migration-writer.ts';

// Notes that every employee comes to by title, while what is in them is for their owners: on every path, filter, order and search.

const title = rule('diary.title', { roles: [OWNER, COLLEAGUE], description: 'Every employee.' });
const inside = rule('diary.inside', { roles: [OWNER], description: 'Whoever wrote it.' });

const NoteEntity = tenantEntity('plg_diary.notes', (t) => ({
  ownerId: t.idOf(() => refs.Employee),
  title: t.text(),
  secret: t.bytewiseText().nullable(),
  secretOrder: t.bytewiseText(),
  weight: t.bigint(),
}));
const notes = NoteEntity.table;
const DiaryNote = entityRef('DiaryNote', notes);
const NoteTerm = tenantEntity('plg_diary.note_terms', (t) => ({
  term: t.bytewiseText().primary(),
  noteId: t.idOf(() => NoteEntity, 'cascade').primary(),
}));
const terms = NoteTerm.table;

const roles: readonly EntityRole[] = [
  heldToward(OWNER, [way(notes, {}, ({ row, seat }) => sql`${row.owner_id} = ${seat.me}`)]),
  heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE'),
];

function diaryTypes(builder: GuichetBuilder): void {
  builder.entity(DiaryNote, {
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
      id: t.globalId({ description: 'Global id.', rule: title }),
      title: t.column('title', { description: 'Title.', rule: title }),
      secret: t.column('secret', { description: 'What is in it.', rule: inside }),
      weight: t.column('weight', { description: 'Weight.', rule: inside }),
    }),
  });
  builder.queryFields((t) => ({
    diaryNotes: t.entityPages(DiaryNote, { description: 'All notes.', rule: title }),
    ownDiaryNotes: t.entityPages(DiaryNote, { description: 'Notes of one’s own.', rule: title, listedBy: () => [OWNER] }),
  }));
  builder.useCase('writeDiaryNote', {
    description: 'Writes a note, or writes it anew.',
    rule: title,
    input: (t) => ({
      title: t.text({ description: 'Title: that of a note of one’s own, or of a new one.' }),
      secret: t.text({ description: 'What is in it.', required: false }),
      weight: t.integer({ description: 'Weight.' }),
    }),
    run: async (use, given) => ({ note: await write(use, given.title, given.secret ?? null, given.weight) }),
    success: (t) => ({ note: t.loaded(DiaryNote, 'note', { description: 'The note.', rule: title }) }),
  });
}

async function write(use: UseCase, named: string, secret: string | null, weight: number): Promise<string> {
  const db = use.on(notes, terms);
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
  entities: [NoteEntity, NoteTerm],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([notes, terms])).sql }],
  rules: [title, inside],
  types: diaryTypes,
});
