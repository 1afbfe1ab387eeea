import { defineModule, readMigrations } from '@guichet/sdk';
import { Note } from './note.entity.ts';
import { noteTypes } from './note.graphql.ts';
import { samplePlugin } from './permissions.ts';

export default defineModule({
  name: 'sample-plugin',
  version: '0.1.0',
  description: 'Notes of an organization.',
  guichet: '^0.1.0',
  entities: [Note],
  migrations: readMigrations(new URL('./migrations/', import.meta.url)),
  rules: Object.values(samplePlugin),
  types: noteTypes,
});
