import { inPlainTransaction, readPhone } from '../../sdk/core.ts';
import { invalid } from '../../sdk/index.ts';
import { callerOf, countRequest, joinCodeText, type RequestLimit, sendProofCode, tryProofCode } from '../accounts/index.ts';
import { type JoinDoor, WINDOWS } from './join.door.ts';
import { verificationCodeRefused } from './joining.errors.ts';
import type { LinkNow, Visitor } from './link-visiting.service.ts';

const TOO_MANY_CODES = { en: 'Too many codes were asked for. Try again later.', 'zh-CN': '获取验证码过于频繁，请稍后再试。' };
const TOO_MANY = { en: 'Too many applications were sent. Try again later.', 'zh-CN': '申请过于频繁，请稍后再试。' };
const PHONE = ['input', 'phone'];

/** The number, then the address, then the link: everybody counts in this order. */
const limitsOf = (
  { limits }: JoinDoor,
  of: 'join' | 'join-code',
  { phone, address, linkId }: { phone: string; address: string; linkId: string },
): RequestLimit[] => [
  { subject: `${of}-number:${phone}`, most: limits.perPhone, within: WINDOWS.hour },
  { subject: `${of}-address:${callerOf(address)}`, most: limits.perAddress, within: WINDOWS.hour },
  { subject: `${of}-link:${linkId}`, most: limits.perLink, within: WINDOWS.day },
];

/** Only a mobile can be invited to the window (spec 3.2). @returns E.164. @throws ValidationFailed */
export function mobileAt({ country }: Pick<LinkNow, 'country'>, typed: string): string {
  const phone = readPhone(typed, country);
  if (!phone) throw invalid(PHONE, 'INVALID_PHONE', { en: 'This is no phone number.', 'zh-CN': '这不是有效的电话号码。' });
  if (!phone.isMobile || phone.extension)
    throw invalid(PHONE, 'NOT_A_MOBILE', {
      en: 'This is no mobile number, or has an extension: a code can only be sent to a mobile.',
      'zh-CN': '请填写不带分机号的手机号码，验证码只能发送至手机。',
    });
  return phone.e164;
}

/** A code is good for one link, from the address that asked for it. */
const proofOf = ({ linkId }: LinkNow, phone: string, { address }: Visitor) => ({ purpose: `join:${linkId}`, phone, address });

/** Sends a code to a phone, known or not: nobody learns which. @throws RATE_LIMITED */
export function sendJoinCode(door: JoinDoor, link: LinkNow, phone: string, visitor: Visitor): Promise<{ expiresAt: Date }> {
  const { organizationName: organization, linkId } = link;
  const request = {
    limits: limitsOf(door, 'join-code', { phone, address: visitor.address, linkId }),
    tooMany: TOO_MANY_CODES,
    compose: (code: string, minutes: number) => joinCodeText({ phone, code, minutes, language: visitor.language, organization }),
  };
  return sendProofCode(door.identity, proofOf(link, phone, visitor), request, door.now());
}

/**
 * Counts an application against the limits, and where it brings a code, redeems that; a wrong code takes a try and counts as no application.
 * @throws RATE_LIMITED, VerificationCodeRefused
 */
export async function admit(door: JoinDoor, link: LinkNow, phone: string, code: string | undefined, visitor: Visitor): Promise<void> {
  const now = door.now();
  // Refused outside: a rollback would give back the try.
  const isRight = await inPlainTransaction(door.identity.pool, async ({ client }) => {
    if (code !== undefined && !(await tryProofCode(client, door.identity, proofOf(link, phone, visitor), code, now))) return false;
    const limits = limitsOf(door, 'join', { phone, address: visitor.address, linkId: link.linkId });
    await countRequest(client, door.identity, limits, { now, message: TOO_MANY });
    return true;
  });
  if (!isRight) throw verificationCodeRefused({}, ['input', 'verificationCode']);
}
