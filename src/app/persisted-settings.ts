import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Persisted } from '../platform/server/index.ts';

const flag = z.enum(['0', '1'], 'must be 0 or 1').optional();

/** Documents that clients name instead of sending them. */
export const persistedVariables = {
  PERSISTED_OPERATIONS: z
    .string()
    .optional()
    .describe('a JSON file { "id": "document" } of operations that clients may name by their id, as a client’s build writes it'),
  PERSISTED_ONLY: flag.describe('1: nothing is taken but what that file lists; 0'),
  AUTOMATIC_PERSISTED: flag.describe('1: clients may send a document with its SHA-256 once, and the hash from then on; 0'),
};

type Given = Readonly<Record<string, string | undefined>>;
const list = z.record(z.string().min(1), z.string().min(1));

/** Reads the file. @returns what is wrong with it among the faults of the settings */
export function persistedOf(given: Given): { readonly persisted: Persisted; readonly faults: readonly string[] } {
  const { PERSISTED_OPERATIONS: file, PERSISTED_ONLY: only, AUTOMATIC_PERSISTED: automatic } = given;
  const faults: string[] = [];
  if (only === '1' && !file) faults.push('PERSISTED_OPERATIONS: PERSISTED_ONLY needs the list');
  if (only === '1' && automatic === '1') faults.push('AUTOMATIC_PERSISTED: PERSISTED_ONLY takes nothing but the list');
  let known: ReadonlyMap<string, string> = new Map();
  try {
    if (file) known = new Map(Object.entries(list.parse(JSON.parse(readFileSync(file, 'utf8')))));
  } catch (error) {
    faults.push(`PERSISTED_OPERATIONS: ${file} is no JSON file of documents by their ids (${sayOf(error)})`);
  }
  return { persisted: { known, only: only === '1', automatic: automatic === '1' }, faults };
}

const sayOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    : (error as Error).message;
