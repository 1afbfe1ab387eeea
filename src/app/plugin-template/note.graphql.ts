import { COLLEAGUE, type GuichetBuilder, heldByAll } from '@guichet/sdk';
import { addNote } from './note.service.ts';
import { samplePlugin } from './permissions.ts';
import { SamplePluginNote } from './refs.ts';

const rule = samplePlugin.read;

export function noteTypes(builder: GuichetBuilder): void {
  builder.entity(SamplePluginNote, {
    description: 'A note of the plugin sample-plugin.',
    roles: [heldByAll(COLLEAGUE, ({ kind }) => kind === 'EMPLOYEE')],
    listedFor: [COLLEAGUE],
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      text: t.column('text', { description: 'What was noted.', rule }),
      writtenAt: t.column('written_at', { description: 'When it was written.', rule }),
    }),
  });
  builder.queryField('samplePluginNotes', (t) => t.entityPages(SamplePluginNote, { description: 'Notes, newest first.', rule }));
  builder.useCase('addSamplePluginNote', {
    description: 'Writes a note.',
    rule: samplePlugin.write,
    doesOnce: true,
    input: (t) => ({ text: t.text({ description: 'What to note.', max: 2_000 }) }),
    run: async (use, { text }) => ({ note: await addNote(use, text) }),
    success: (t) => ({ note: t.loaded(SamplePluginNote, 'note', { description: 'The note as it is now.', rule }) }),
  });
}
