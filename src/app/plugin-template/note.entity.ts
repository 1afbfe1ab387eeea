import { tenantEntity } from '@guichet/sdk';

/** What was noted. */
export const Note = tenantEntity('plg_sample_plugin.notes', (t) => ({ text: t.text(), writtenAt: t.timestamptz() }));
