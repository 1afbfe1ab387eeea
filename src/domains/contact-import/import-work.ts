import { z } from 'zod';
import type { JobWork } from '../../sdk/index.ts';

/** How far an import is, as its job keeps it. */
export const importStep = z.object({
  /** `ROWS`: names are settled, and rows are taken. `FILING`: all are, and what was rejected is to be given back. */
  phase: z.enum(['ROWS', 'FILING', 'DONE']),
  /** Rows of the table that are done. */
  at: z.number(),
});
export type ImportStep = z.infer<typeof importStep>;
export type ImportWork = JobWork<{ importId: string }, ImportStep>;
