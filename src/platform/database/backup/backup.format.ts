import { z } from 'zod';

/**
 * A backup is one gzip file of lines: the head as JSON; for each table its name as JSON, its rows as PostgreSQL's COPY writes them, and `\.`,
 * which no row can be; last the seal as JSON. So it can be read with zcat, and by any later version.
 */
export const FORMAT = 'guichet-backup';
export const END_OF_ROWS = '\\.';

const migration = z.object({ module: z.string(), name: z.string(), checksum: z.string() });
const head = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.literal(1),
  /** Version of Guichet that made it. */
  guichet: z.string(),
  postgres: z.string(),
  takenAt: z.string(),
  migrations: z.array(migration),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()) })),
});
const sum = z.object({ rows: z.number(), sha256: z.string() });
const seal = z.object({
  /** SHA-256 of the head's line. */
  head: z.string(),
  tables: z.record(z.string(), sum),
  sequences: z.record(z.string(), z.object({ value: z.string(), called: z.boolean() })),
});

/** What is known before the rows: where they come from, and the tables in the order in which they follow. */
export type BackupHead = z.infer<typeof head>;
/** What is known after them. */
export type BackupSeal = z.infer<typeof seal>;
export type TableSum = z.infer<typeof sum>;

/** A file that cannot be restored from; the message is one line that says why. */
export class BackupFileError extends Error {
  override readonly name = 'BackupFileError';
}

export const FIRST_CHARACTERS = `{"format":"${FORMAT}",`;
/** The head begins with its format, so that another program's file is known by its first characters. */
export const headLine = ({ format, ...rest }: BackupHead): string => JSON.stringify({ format, ...rest });

export function readHead(line: string): BackupHead {
  const found = head.safeParse(parsed(line));
  if (found.success) return found.data;
  const { guichet } = z.object({ guichet: z.string() }).catch({ guichet: 'another version' }).parse(parsed(line));
  throw new BackupFileError(`Its format is not known to this version of Guichet: it was made by ${guichet}.`);
}

export function readSeal(line: string): BackupSeal {
  const found = z.object({ seal }).safeParse(parsed(line));
  if (!found.success) throw new BackupFileError('It is damaged: what stands at its end is no seal.');
  return found.data.seal;
}
export const sealLine = (of: BackupSeal): string => JSON.stringify({ seal: of });

/** The table that a line announces; undefined for the seal. */
export function announcedTable(line: string): string | undefined {
  return z.object({ table: z.string() }).safeParse(parsed(line)).data?.table;
}
export const announcement = (table: string): string => JSON.stringify({ table });

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BackupFileError('It is damaged: a line that should tell what follows cannot be read.');
  }
}
