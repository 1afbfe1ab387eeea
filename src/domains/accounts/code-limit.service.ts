import { type TransactionClient, uuidv7 } from '../../sdk/core.ts';
import { rateLimited, type Text } from '../../sdk/index.ts';
import type { IdentityDoor } from './identity.door.ts';
import { callerOf, keyedHash } from './sign-in-code.rules.ts';

/** So many requests of one subject in a span of time. */
export interface RequestLimit {
  /** Kept as a keyed hash, such as `number:+8613800000001`. */
  readonly subject: string;
  readonly most: number;
  /** Milliseconds. */
  readonly within: number;
}
interface CodeAsked {
  readonly phone: string;
  readonly address: string;
  /** What the codes are for, where they are counted apart: others cannot use up what a person has for it. */
  readonly of?: 'signing-';
}
/** Counts are kept for so long: no limit looks back farther. */
export const LONGEST_WINDOW = 24 * 3_600_000;
const TOO_MANY_CODES = { en: 'Too many codes were asked for. Try again later.', 'zh-CN': '获取验证码过于频繁，请稍后再试。' };

/**
 * Counts one request for a code against the limits of its number and of its address (targets 2). Refused requests are not counted.
 * @throws RATE_LIMITED with the seconds until one is free again.
 */
export async function countCodeRequest(client: TransactionClient, door: IdentityDoor, asked: CodeAsked, now: Date): Promise<void> {
  await countRequest(client, door, limitsOf(door, asked), { now, message: TOO_MANY_CODES });
}

/**
 * Counts one request against several limits, which all who count name in one order, so that no two requests wait for each other.
 * @throws RATE_LIMITED with the seconds until one is free again
 */
export async function countRequest(
  client: TransactionClient,
  { secret }: Pick<IdentityDoor, 'secret'>,
  limits: readonly RequestLimit[],
  { now, message }: { readonly now: Date; readonly message: Text },
): Promise<void> {
  const hashed = limits.map((limit) => ({ ...limit, subject: keyedHash(secret, limit.subject) }));
  for (const limit of hashed) await waitForTurn(client, limit.subject).then(() => check(client, limit, now, message));
  for (const { subject } of hashed) {
    await client.query('insert into identity.code_requests (id, subject, requested_at) values ($1, $2, $3)', [uuidv7(), subject, now]);
  }
}

/** The number always before the address. @param of what the codes are for, where they are counted apart */
function limitsOf({ settings, demoPhones }: IdentityDoor, { phone, address, of: kind }: CodeAsked): RequestLimit[] {
  const isDemo = settings.demo && demoPhones.has(phone);
  const of = kind ?? '';
  // The demo's phones are counted apart, or they would use up what the address has for others.
  const caller = `${of}${isDemo ? 'demo-address' : 'address'}:${callerOf(address)}`;
  return [
    { subject: `${of}number:${phone}`, most: isDemo ? settings.demoCodesPerNumber : settings.codesPerNumber, within: settings.codeWindow },
    { subject: caller, most: isDemo ? settings.demoCodesPerAddress : settings.codesPerAddress, within: settings.codeWindow },
  ];
}

/** Requests of one subject go one after the other, or several at once would each find the last place free. */
const waitForTurn = (client: TransactionClient, subject: Buffer): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock($1)', [subject.readBigInt64BE().toString()]);

type Hashed = Omit<RequestLimit, 'subject'> & { readonly subject: Buffer };
async function check(client: TransactionClient, { subject, most, within }: Hashed, now: Date, message: Text): Promise<void> {
  const { rows } = await client.query<{ requested_at: Date }>(
    'select requested_at from identity.code_requests where subject = $1 and requested_at > $2 order by requested_at desc offset $3 limit 1',
    [subject, new Date(now.getTime() - within), Math.max(most - 1, 0)],
  );
  const blocking = most === 0 ? now : rows[0]?.requested_at;
  if (blocking) throw rateLimited(message, Math.ceil((blocking.getTime() + within - now.getTime()) / 1000));
}
