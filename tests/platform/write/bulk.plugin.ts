import {
  COLLEAGUE,
  defineModule,
  entityRef,
  forbidden,
  type GuichetBuilder,
  heldByAll,
  refs,
  refusalType,
  rule,
  shared,
  tenantEntity,
  toEach,
  topic,
  types,
  type UseCase,
} from '@guichet/sdk';
import { nextMigration } from '../../../src/platform/entities/migration-writer.ts';

// Notes on employees, written by a bulk act that does all that a use case can do to each before it refuses some of them.

const NoteEntity = tenantEntity('plg_bulk.notes', (t) => ({ about: t.idOf(() => refs.Employee), how: t.text() }));
const notes = NoteEntity.table;
const Note = entityRef('Note', notes);
const write = rule('bulk.write', { roles: [COLLEAGUE], description: 'Every employee.' });
const noted = topic('BULK_NOTE', 'Employee');
const bulkRefused = refusalType('BulkRefused', { description: 'Refused by the test.', message: { en: 'No.', 'zh-CN': '不。' } });
const employees = { description: 'Employees.' };

/** How work ends that has done all it can: refused by a refusal, refused by a rule, or broken. */
const endings: Readonly<Record<string, () => never>> = {
  refused: () => {
    throw bulkRefused({});
  },
  forbidden: () => {
    throw forbidden();
  },
  broken: () => {
    throw new Error('Something that nobody thought of.');
  },
};
const tally = shared<string>('bulk.tally', async (use, parts) =>
  use.on(notes).add(parts.map((about) => ({ id: use.newId(), about, how: 'counted' }))),
);
/** Comes after `bulk.tally`, and says so. */
const last = shared<string>('bulk.zero', async (use, parts) => {
  const rows = await use.on(notes).selectFrom('plg_bulk.notes').select('id').where('how', '=', 'counted').execute();
  use.on(notes).add({ id: use.newId(), about: parts[0]!, how: rows.length === 0 ? 'too early' : `after ${rows.length}` });
});

async function noteOn(use: UseCase, about: string, ending: (() => never) | undefined): Promise<void> {
  use.last(last, about);
  use.last(tally, about);
  use.on(notes).add({ id: use.newId(), about, how: 'inserted' });
  use.emit({ stream: use.organizationId, topic: noted, kind: 'NOTED', subjectId: about });
  use.em.create(NoteEntity, { about, how: 'created' });
  const kept = await use.em.findOne(NoteEntity, { about, how: 'kept' }); // writes what was created
  if (kept) use.em.assign(kept, { how: 'changed' });
  ending?.();
}

function bulkTypes(builder: GuichetBuilder): void {
  builder.entity(Note, {
    description: 'A note.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({ id: t.globalId({ description: 'Global id.', rule: write }) }),
  });
  builder.queryField('notes', (t) => t.entityPages(Note, { description: 'Notes.', rule: write, listedBy: () => [COLLEAGUE] }));
  builder.useCase('noteOnEach', {
    description: 'Writes notes.',
    rule: write,
    input: (t) => ({
      employees: t.globalIds(types.Employee, { ...employees, least: 1 }),
      ending: t.text({ description: 'How it ends for some.' }),
      some: t.globalIds(types.Employee, { ...employees, least: 0 }),
    }),
    run: async (use, { employees: ids, ending, some }) => {
      const refused = await toEach(use, { type: 'Employee', ids, rule: write }, (id) =>
        noteOn(use, id, some.includes(id) ? endings[ending] : undefined),
      );
      return { refused: refused.size };
    },
    success: (t) => ({ refused: t.exposeInt('refused', { description: 'How many were refused.', rule: write, nullable: true }) }),
  });
}

export const bulkPlugin = defineModule({
  name: 'bulk',
  version: '1.0.0',
  description: 'A bulk act for tests.',
  guichet: '^0.1.0',
  needs: ['directory'],
  entities: [NoteEntity],
  migrations: [{ name: '0001-initial', sql: (await nextMigration([notes])).sql }],
  rules: [write],
  types: bulkTypes,
});
