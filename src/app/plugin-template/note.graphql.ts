import { COLLEAGUE, heldByAll, input, type SchemaDoor, type UseCase } from '@guichet/sdk';
import { notes } from './note.entity.ts';
import { addNote } from './note.service.ts';
import { samplePlugin } from './permissions.ts';

const rule = samplePlugin.read;

export function noteSchema(door: SchemaDoor): void {
  door.entity('SamplePluginNote', {
    table: notes,
    description: 'A note of the plugin sample-plugin.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.id({ description: 'Global id.', rule }),
      text: t.column('text', { description: 'What was noted.', rule }),
      writtenAt: t.column('written_at', { description: 'When it was written.', rule }),
    }),
  });
  door.query((t) => ({
    samplePluginNotes: t.connection('SamplePluginNote', notes, { description: 'Notes, newest first.', rule }),
  }));
  door.mutation('addSamplePluginNote', {
    description: 'Writes a note.',
    rule: samplePlugin.write,
    doesOnce: true,
    input: { text: input.text('What to note.', { max: 2_000 }) },
    success: (t) => ({
      note: t.fromSource('SamplePluginNote', 'note', { description: 'The note as it is now.', rule }),
    }),
    run: async (use: UseCase, { text }) => ({ note: await addNote(use, text) }),
  });
}
