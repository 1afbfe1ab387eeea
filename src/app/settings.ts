import { z } from 'zod';
import type { Bucket } from '../platform/files/s3.storage.ts';
import { type Persisted, readNetwork } from '../platform/server/index.ts';
import { type ChannelSettings, channelFaults, channelsOf, channelVariables, isWebhook } from './channel-settings.ts';
import { persistedOf, persistedVariables } from './persisted-settings.ts';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const DIGITS = /^\d{1,9}$/;

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .refine((text) => DIGITS.test(text) && Number(text) >= least && Number(text) <= most, `must be a whole number from ${least} to ${most}`)
    .transform(Number);
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text;

/** Every setting is an environment variable. The descriptions are what `--help` prints. */
const environment = z.object({
  PORT: wholeNumber(0, 65_535).default(4000).describe('port to listen on; 0 for any that is free'),
  HOST: z.string().optional().describe('address to listen on; a demo 127.0.0.1, else 0.0.0.0'),
  DATABASE_URL: z
    .string()
    .refine((text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text), 'must look like postgres://user:password@host:5432/database')
    .optional()
    .describe('a PostgreSQL, 15 or later; without it an embedded one runs'),
  DATA_DIR: z.string().optional().describe('folder of the embedded database and of files; .data'),
  S3_BUCKET: z.string().optional().describe('bucket that files lie in, of this installation alone; without it they lie in DATA_DIR'),
  S3_ENDPOINT: z
    .string()
    .refine((text) => /^https?:/.test(text) && URL.canParse(text), 'must look like https://s3.example.com')
    .optional()
    .describe('server that speaks S3; Amazon’s'),
  S3_REGION: z.string().default('us-east-1').describe('region of the bucket'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('key for the bucket'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('its secret'),
  PLUGINS: z
    .string()
    .optional()
    .describe('plugins beside those in plugins/: folders that begin with . or /, and names of packages, separated by commas'),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an origin such as https://guichet.example')
    .optional()
    .describe('where clients reach the server; what they ask tells it otherwise'),
  DATABASE_POOL: wholeNumber(2, 1000).default(10).describe('connections for requests'),
  DEMO: z
    .enum(['0', '1'], 'must be 0 or 1')
    .transform((digit) => digit === '1')
    .optional()
    .describe(
      '1: demo organizations, and the sign-in code 246810 for them; on by default with the embedded database until there is a real one',
    ),
  NODE_ENV: z.string().default('development').describe('production: never a demo'),
  GUICHET_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('secret of cursors and codes, the same on all servers; made and kept in the database'),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((origin) => origin.trim() || []))
    .refine((list) => list.every(isOrigin), 'must be origins such as https://app.example, separated by commas')
    .describe('other origins whose pages may ask, separated by commas'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((network) => network.trim() || []))
    .refine((list) => list.every(readNetwork), 'must be addresses and networks such as 10.0.0.7 or 10.0.0.0/8, separated by commas')
    .describe('proxies whose X-Forwarded-For is believed: addresses and networks, separated by commas; none'),
  WRITES_PER_MINUTE: wholeNumber(0, 1_000_000).default(600).describe('mutations a minute that a seat may send; 0 for no limit'),
  CODES_PER_PHONE: wholeNumber(1, 1_000_000).default(10).describe('codes for signing in that are asked for, an hour for each phone'),
  CODES_PER_ADDRESS: wholeNumber(1, 1_000_000).default(20).describe('the same an hour for each address: an office’s network is one'),
  JOINS_PER_PHONE: wholeNumber(1, 1_000_000).default(5).describe('applications at the window, and codes for them, an hour for each phone'),
  JOINS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(200).describe('the same an hour for each address: a shop’s network is one'),
  JOINS_PER_LINK: wholeNumber(1, 1_000_000).default(200).describe('the same a day for each link'),
  JOINS_UNKNOWN_PER_ADDRESS: wholeNumber(1, 1_000_000).default(100).describe('codes that no link has, an hour for each address and server'),
  PORTAL_URL: z
    .string()
    .refine((text) => /^https?:/.test(text) && URL.canParse(text), 'must look like https://app.example')
    .optional()
    .describe('page where contacts sign in: told to whoever applies at the window, and is let in'),
  SMS_SENDER: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be terminal, webhook, or what a plugin calls its own')
    .optional()
    .describe('how codes are sent: terminal (for developing), webhook, or a plugin’s; webhook where its URL is set, in a demo terminal'),
  SMS_WEBHOOK_URL: z
    .string()
    .refine(isWebhook, 'must look like https://sms.example/guichet, without a user and password')
    .optional()
    .describe('where text messages are handed over, as signed JSON'),
  SMS_WEBHOOK_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('signs what is handed over, at least 32 characters'),
  ...channelVariables,
  ...persistedVariables,
  JOBS: wholeNumber(0, 100).default(2).describe('jobs that this server works on at once; 0: none, other servers and `guichet worker` do'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((text) => /^https?:/.test(text) && URL.canParse(text), 'must look like http://collector:4318')
    .optional()
    .describe('collector that traces are sent to, OTLP over HTTP; none without it'),
  WATCHDOG_SECONDS: wholeNumber(0, 3600)
    .default(10)
    .describe('a plugin that gives nobody a turn for so long is switched off, and the server restarts; 0: never'),
  LOG_LEVEL: z
    .enum(LEVELS, `must be one of ${LEVELS.join(' ')}`)
    .default('info')
    .describe(LEVELS.join(' ')),
});

/** Names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(environment.shape);

export interface Settings {
  readonly port: number;
  /** Where the server listens, if the operator has said so. */
  readonly host: string | undefined;
  /** A PostgreSQL elsewhere; without it the embedded one runs. */
  readonly databaseUrl: string | undefined;
  /** Folder of the embedded database and of files, if the operator has named one. */
  readonly dataDir: string | undefined;
  /** Where files lie; without it, in the folder. */
  readonly bucket: Bucket | undefined;
  /** The origin at which clients reach the server, if the operator has said so. */
  readonly publicOrigin: string | undefined;
  readonly poolSize: number;
  /** Undecided: on with the embedded database until an organization that is not a demo exists. */
  readonly demo: boolean | undefined;
  /** Never a demo, and no errors on the terminal. */
  readonly isProduction: boolean;
  readonly secret: string | undefined;
  readonly allowedOrigins: readonly string[];
  /** Addresses and networks whose word on the caller's address is taken. */
  readonly trustedProxies: readonly string[];
  readonly writesPerMinute: number;
  /** How many codes for signing in are asked for. */
  readonly codeLimits: { readonly perPhone: number; readonly perAddress: number };
  /** How many apply at the window, and ask for codes there. */
  readonly joinLimits: {
    readonly perPhone: number;
    readonly perAddress: number;
    readonly perLink: number;
    readonly unknownPerAddress: number;
  };
  /** Where contacts sign in. */
  readonly portalUrl: string | undefined;
  /** Documents that clients name instead of sending them. */
  readonly persisted: Persisted;
  /** How many jobs it works on at once. */
  readonly jobs: number;
  /** Name of the sender of text messages; undefined where none was chosen: the demo has one all the same. */
  readonly smsSender: string | undefined;
  readonly smsWebhook: { readonly url: string; readonly secret: string } | undefined;
  /** Channels of notifications beyond the inbox. */
  readonly channels: ChannelSettings;
  /** Whether traces are sent; where to, the exporter reads itself. */
  readonly traces: boolean;
  /** 0: blocks are not looked for. */
  readonly watchdogSeconds: number;
  readonly logLevel: string;
}

/** What is wrong with the settings or with how a command was called. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** @throws SettingsError that lists every fault with the name of its variable. */
export function readSettings(variables: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (given.DEMO === '1' && given.NODE_ENV === 'production') faults.push('DEMO: a demo is refused with NODE_ENV=production');
  if (given.S3_BUCKET) for (const name of BUCKET_KEYS) if (!given[name]) faults.push(`${name}: a bucket needs it`);
  if (parsed.success) faults.push(...smsFaults(given));
  const persisted = persistedOf(given);
  faults.push(...persisted.faults);
  faults.push(...channelFaults(given));
  if (!parsed.success || faults.length)
    throw new SettingsError(`The settings are not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    dataDir: data.DATA_DIR,
    bucket: bucketOf(data),
    publicOrigin: data.PUBLIC_URL,
    poolSize: data.DATABASE_POOL,
    demo: data.DEMO ?? (data.DATABASE_URL || data.NODE_ENV === 'production' ? false : undefined),
    isProduction: data.NODE_ENV === 'production',
    secret: data.GUICHET_SECRET,
    allowedOrigins: data.ALLOWED_ORIGINS,
    trustedProxies: data.TRUSTED_PROXIES,
    writesPerMinute: data.WRITES_PER_MINUTE,
    codeLimits: { perPhone: data.CODES_PER_PHONE, perAddress: data.CODES_PER_ADDRESS },
    joinLimits: {
      perPhone: data.JOINS_PER_PHONE,
      perAddress: data.JOINS_PER_ADDRESS,
      perLink: data.JOINS_PER_LINK,
      unknownPerAddress: data.JOINS_UNKNOWN_PER_ADDRESS,
    },
    portalUrl: data.PORTAL_URL,
    persisted: persisted.persisted,
    jobs: data.JOBS,
    smsSender: data.SMS_SENDER ?? (data.SMS_WEBHOOK_URL ? 'webhook' : undefined),
    smsWebhook:
      data.SMS_WEBHOOK_URL && data.SMS_WEBHOOK_SECRET ? { url: data.SMS_WEBHOOK_URL, secret: data.SMS_WEBHOOK_SECRET } : undefined,
    channels: channelsOf(data),
    traces: data.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    watchdogSeconds: data.WATCHDOG_SECONDS,
    logLevel: data.LOG_LEVEL,
  };
}

const BUCKET_KEYS = ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
function bucketOf(data: z.infer<typeof environment>): Bucket | undefined {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = data;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = data;
  return bucket && accessKeyId && secretAccessKey ? { bucket, endpoint, region, accessKeyId, secretAccessKey } : undefined;
}

function smsFaults(given: Readonly<Record<string, string | undefined>>): string[] {
  const { SMS_SENDER: sender, SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret, NODE_ENV: mode } = given;
  return [
    ...(sender === 'terminal' && mode === 'production' ? ['SMS_SENDER: terminal is refused with NODE_ENV=production'] : []),
    ...(sender === 'webhook' && !url ? ['SMS_WEBHOOK_URL: the webhook needs it'] : []),
    ...(url && !secret ? ['SMS_WEBHOOK_SECRET: the webhook needs it, at least 32 characters'] : []),
  ];
}

/** A demo opens seats to whoever can reach it, so only this machine can, unless the operator says otherwise. */
export const hostOf = ({ host }: Settings, demo: boolean): string => host ?? (demo ? '127.0.0.1' : '0.0.0.0');

/** What `--help` says of the settings: a line each. */
export function settingLines(): string[] {
  const variables = Object.entries(environment.shape);
  const width = Math.max(...variables.map(([name]) => name.length));
  return variables.map(([name, { description }]) => `  ${name.padEnd(width)}  ${description}`);
}
