import { table, text, timestamptz } from '@guichet/sdk';

/** What was noted. */
export const notes = table('plg_sample_plugin.notes', {
  columns: { text: text(), written_at: timestamptz() },
});

export const noteTables = { 'plg_sample_plugin.notes': notes };
