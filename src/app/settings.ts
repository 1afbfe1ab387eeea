import { z } from 'zod';

const yesNo = z.enum(['0', '1']).transform((value) => value === '1');
const count = (description: string, preset: number, least = 0): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce.number(description).int().min(least).default(preset);

const environment = z.object({
  PORT: z.coerce.number('a port number').int().min(0).max(65_535).default(4000),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgres://user:password@host:5432/database')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_POOL: count('connections for requests', 10, 2),
  DEMO: yesNo.optional(),
  NODE_ENV: z.string().default('development'),
  GUICHET_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  WRITES_PER_MINUTE: count('writes a minute a seat, 0 for no limit', 600),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Settings {
  readonly port: number;
  /** Where the server listens; a demo only on 127.0.0.1 unless HOST is set. */
  readonly host: string;
  /** A PostgreSQL elsewhere; without it the embedded one runs in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly poolSize: number;
  /** Undecided: on with the embedded database until an organization that is not a demo exists. */
  readonly demo: boolean | undefined;
  readonly secret: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly writesPerMinute: number;
  readonly logLevel: string;
}

/** Everything that is wrong with the environment, at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** @throws SettingsError that lists every fault with the name of its variable. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (variables.DEMO === '1' && variables.NODE_ENV === 'production') faults.push('DEMO: a demo is refused with NODE_ENV=production');
  if (!parsed.success || faults.length)
    throw new SettingsError(`The settings are not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  const {
    PORT,
    HOST,
    DATABASE_URL,
    DATA_DIR,
    DATABASE_POOL,
    DEMO,
    NODE_ENV,
    GUICHET_SECRET,
    ALLOWED_ORIGINS,
    WRITES_PER_MINUTE,
    LOG_LEVEL,
  } = parsed.data;
  const demo = DEMO ?? (DATABASE_URL || NODE_ENV === 'production' ? false : undefined);
  return {
    port: PORT,
    host: HOST ?? (demo === false ? '0.0.0.0' : '127.0.0.1'),
    databaseUrl: DATABASE_URL,
    dataDir: DATA_DIR,
    poolSize: DATABASE_POOL,
    demo,
    secret: GUICHET_SECRET,
    allowedOrigins: ALLOWED_ORIGINS,
    writesPerMinute: WRITES_PER_MINUTE,
    logLevel: LOG_LEVEL,
  };
}
