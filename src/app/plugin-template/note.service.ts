import type { UseCase } from '@guichet/sdk';
import { Note } from './note.entity.ts';

/** @returns the note's id. */
export async function addNote(use: UseCase, text: string): Promise<string> {
  return use.em.create(Note, { text, writtenAt: use.now }).id;
}
