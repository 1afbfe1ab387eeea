import { decodeGlobalId, NO_ID, readPhone } from '../../sdk/core.ts';
import { input, invalid } from '../../sdk/index.ts';
import type { NamedSeat } from './account-seat.service.ts';

/** The global id of an Employee or a Contact. What is neither becomes a contact's id that was never issued, so it is answered as unknown. */
export const seatInput = (description: string): input.InputField<NamedSeat> => ({
  ...input.id('Contact', description),
  refersTo: 'Seat',
  parse: (given) => {
    const employee = decodeGlobalId('Employee', given);
    return employee === NO_ID ? { kind: 'CONTACT', seatId: decodeGlobalId('Contact', given) } : { kind: 'EMPLOYEE', seatId: employee };
  },
});

/**
 * Reads the phone of a mutation that signs in; without a country code it is read as Chinese, for there is no organization yet.
 * @returns E.164
 * @throws ValidationFailed for what is no mobile number: a code could not reach it.
 */
export function mobileOf(typed: string): string {
  const path = ['input', 'phone'];
  const phone = readPhone(typed);
  if (!phone) throw invalid(path, 'INVALID_PHONE', { en: 'This is no phone number.', 'zh-CN': '这不是有效的电话号码。' });
  if (!phone.isMobile || phone.extension)
    throw invalid(path, 'NOT_A_MOBILE', {
      en: 'A code can only be sent to a mobile number without an extension.',
      'zh-CN': '验证码只能发送到不带分机号的手机号码。',
    });
  return phone.e164;
}
