import type { TransactionClient } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/database/uuid.ts';
import { rateLimited } from '../../platform/read/refusal.ts';
import type { IdentityDoor } from './identity.door.ts';
import { callerOf, keyedHash } from './sign-in-code.rules.ts';

interface Limit {
  readonly subject: Buffer;
  readonly most: number;
}

/**
 * Counts one request for a code against the limits of its number and of its address (targets 2). Refused requests are not counted.
 * @throws RATE_LIMITED with the seconds until one is free again.
 */
export async function countCodeRequest(
  client: TransactionClient,
  door: IdentityDoor,
  { phone, address }: { phone: string; address: string },
  now: Date,
): Promise<void> {
  const limits = limitsOf(door, phone, address);
  // The number always before the address, so that no two requests wait for each other.
  for (const { subject, most } of limits) await waitForTurn(client, subject).then(() => check(client, subject, most, door, now));
  for (const { subject } of limits) {
    await client.query('insert into identity.code_requests (id, subject, requested_at) values ($1, $2, $3)', [uuidv7(), subject, now]);
  }
}

function limitsOf({ settings, demoPhones, secret }: IdentityDoor, phone: string, address: string): Limit[] {
  const isDemo = settings.demo && demoPhones.has(phone);
  // The demo's phones are counted apart, or they would use up what the address has for others.
  const caller = `${isDemo ? 'demo-address' : 'address'}:${callerOf(address)}`;
  return [
    { subject: keyedHash(secret, `number:${phone}`), most: isDemo ? settings.demoCodesPerNumber : settings.codesPerNumber },
    { subject: keyedHash(secret, caller), most: isDemo ? settings.demoCodesPerAddress : settings.codesPerAddress },
  ];
}

/** Requests of one subject go one after the other, or several at once would each find the last place free. */
const waitForTurn = (client: TransactionClient, subject: Buffer): Promise<unknown> =>
  client.query('select pg_advisory_xact_lock($1)', [subject.readBigInt64BE().toString()]);

async function check(client: TransactionClient, subject: Buffer, most: number, { settings }: IdentityDoor, now: Date): Promise<void> {
  const { rows } = await client.query<{ requested_at: Date }>(
    'select requested_at from identity.code_requests where subject = $1 and requested_at > $2 order by requested_at desc offset $3 limit 1',
    [subject, new Date(now.getTime() - settings.codeWindow), Math.max(most - 1, 0)],
  );
  const blocking = most === 0 ? now : rows[0]?.requested_at;
  if (blocking)
    throw rateLimited(
      { en: 'Too many codes were asked for. Try again later.', 'zh-CN': '获取验证码过于频繁，请稍后再试。' },
      Math.ceil((blocking.getTime() + settings.codeWindow - now.getTime()) / 1000),
    );
}
