import { entityRef } from '@guichet/sdk';
import { Note } from './note.entity.ts';

export const SamplePluginNote = entityRef('SamplePluginNote', Note);
