import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** That whoever calls holds a phone, for one purpose of a module. */
export interface AskedProof {
  /** A word with the module's prefix: a code that was sent for another one proves nothing. */
  readonly purpose: string;
  /** E.164, as `mobile` has read it. */
  readonly phone: string;
}
/**
 * Proves phones of people who have no seat, as they come to an open route (`httpRoutes`): `use.service(phoneProofs)`. Whether a number is known
 * here, nobody learns by it.
 *
 * @example
 * const phone = await use.service(phoneProofs).mobile(use, typed);
 * await use.service(phoneProofs).requestCode(use, { purpose: 'REPAIR_REPORT', phone });
 * if (!(await use.service(phoneProofs).prove(use, { purpose: 'REPAIR_REPORT', phone, code }))) return page('The code is wrong.');
 */
export interface PhoneProofs {
  /** Reads a number as it was typed, in the organization's country. @returns E.164; undefined unless a code can be sent to it */
  mobile(use: UseCase, typed: string): Promise<string | undefined>;
  /**
   * Sends a code of six digits, good for five minutes, five tries, one purpose of one organization, and the address that has asked. It is sent even
   * where the use case is undone afterwards.
   * @throws RATE_LIMITED past 5 an hour for a number, 50 for an address, 200 a day for a purpose of an organization
   */
  requestCode(use: UseCase, asked: AskedProof): Promise<{ readonly expiresAt: Date }>;
  /** Takes a try of the code, which counts whatever becomes of the use case. A code proves once. @returns whether it was right */
  prove(use: UseCase, given: AskedProof & { readonly code: string }): Promise<boolean>;
}
/** `use.service(phoneProofs)`; a module that calls it names `signatures` in its `needs`. */
export const phoneProofs = service<PhoneProofs>('signatures.phoneProofs');
