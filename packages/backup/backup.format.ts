import { z } from 'zod';
import { BackupFileError } from './backup.errors.ts';

/**
 * A backup is one gzip file of lines: the head as JSON; for each table its name as JSON, its rows as PostgreSQL's COPY writes them, and `\.`,
 * which no row can be; last the seal as JSON. So it can be read with zcat, and by any later version.
 */
export interface BackupFormat<About extends object> {
  /** Stands first in every file, so that a foreign file is known by its first characters: `shop-backup`. */
  readonly name: string;
  /** Raised when programs of before could no longer read what is written. */
  readonly version: number;
  /** The program, as messages name it. */
  readonly program: string;
  /** What the program writes into the head beside what stands in every head, such as its own version and its migrations. */
  readonly about: z.ZodType<About>;
  /** The version of the program that wrote a head, also of one that `about` does not admit; undefined where it does not say. */
  versionOf(head: unknown): string | undefined;
}
export const END_OF_ROWS = '\\.';

const head = z.object({
  postgres: z.string(),
  takenAt: z.string(),
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
export type BackupHead<About extends object> = About & z.infer<typeof head>;
/** What is known after them. */
export type BackupSeal = z.infer<typeof seal>;
export type TableSum = z.infer<typeof sum>;

export const firstCharacters = ({ name }: Pick<BackupFormat<object>, 'name'>): string => `{"format":${JSON.stringify(name)},`;
/** The head begins with its format. */
export const headLine = <About extends object>({ name, version }: BackupFormat<About>, rest: BackupHead<About>): string =>
  JSON.stringify({ format: name, formatVersion: version, ...rest });

export function readHead<About extends object>(line: string, format: BackupFormat<About>): BackupHead<About> {
  const { name, version, program } = format;
  const value = parsed(line);
  const ours = z
    .object({ format: z.literal(name), formatVersion: z.literal(version) })
    .and(head)
    .safeParse(value);
  const about = format.about.safeParse(value);
  if (ours.success && about.success) return { ...about.data, ...head.parse(value) };
  const by = format.versionOf(value) ?? 'another version';
  throw new BackupFileError(`Its format is not known to this version of ${program}: it was made by ${by}.`);
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
