import { inPlainTransaction, readPhone } from '../../sdk/core.ts';
import type { AskedProof, PhoneProofs, UseCase } from '../../sdk/index.ts';
import {
  callerOf,
  DEMO_CODE,
  type IdentityDoor,
  identityDoor,
  proofCodeText,
  type RequestLimit,
  sendProofCode,
  tryProofCode,
} from '../accounts/index.ts';
import { organizations } from '../organization/index.ts';

const HOUR = 3_600_000;
const TOO_MANY = { en: 'Too many codes were asked for. Try again later.', 'zh-CN': '获取验证码过于频繁，请稍后再试。' };

const organizationOf = (use: UseCase) =>
  use.on(organizations).selectFrom('organizations').select(['name', 'country']).executeTakeFirstOrThrow();
const addressOf = ({ caller }: UseCase): string => caller?.address ?? '';

/** A code is good for one purpose of one organization. */
const proofOf = (use: UseCase, { purpose, phone }: AskedProof) => ({
  purpose: `${purpose}:${use.organizationId}`,
  phone,
  address: addressOf(use),
});
/** The number, then the address, then all of the organization's: everybody counts in this order. */
const limitsOf = (use: UseCase, { purpose, phone }: AskedProof): RequestLimit[] => [
  { subject: `proof-number:${phone}`, most: 5, within: HOUR },
  { subject: `proof-address:${callerOf(addressOf(use))}`, most: 50, within: HOUR },
  { subject: `proof-organization:${use.organizationId}:${purpose}`, most: 200, within: 24 * HOUR },
];

/** On a demo server its code proves every phone to a demo organization, as it signs in there. */
async function isDemo({ settings, pool }: IdentityDoor, { organizationId }: UseCase, code: string): Promise<boolean> {
  if (!settings.demo || code.trim() !== DEMO_CODE) return false;
  const text = 'select 1 from identity.seats where organization_id = $1 and is_demo limit 1';
  const { rowCount } = await inPlainTransaction(pool, ({ client }) => client.query(text, [organizationId]));
  return rowCount === 1;
}

export const theProofs: PhoneProofs = {
  async mobile(use, typed) {
    const phone = readPhone(typed, (await organizationOf(use)).country);
    return phone?.isMobile && !phone.extension ? phone.e164 : undefined;
  },
  async requestCode(use, asked) {
    const { name: organization } = await organizationOf(use);
    const { phone } = asked;
    const compose = (code: string, minutes: number) => proofCodeText({ phone, code, minutes, language: use.language, organization });
    return sendProofCode(
      use.service(identityDoor),
      proofOf(use, asked),
      { limits: limitsOf(use, asked), tooMany: TOO_MANY, compose },
      use.now,
    );
  },
  async prove(use, { code, ...asked }) {
    const door = use.service(identityDoor);
    if (await isDemo(door, use, code)) return true;
    // in a transaction of its own: what becomes of the use case does not give a try back
    return inPlainTransaction(door.pool, ({ client }) => tryProofCode(client, door, proofOf(use, asked), code, use.now));
  },
};
