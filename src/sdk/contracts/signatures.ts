import { refusalType, sharedRefusal } from '../../platform/schema/refusal-type.ts';
import { service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** One thing that is signed: nothing else is signed by a code that was asked for it. */
export interface Signing {
  /** What the signature says, as a word with the module's prefix: `CONTRACT_SIGNATURE`. */
  readonly purpose: string;
  /** GraphQL type and UUID of what is signed. */
  readonly subject: { readonly type: string; readonly id: string };
  /** SHA-256 of exactly what was shown to whoever signs: 64 hexadecimal digits in lower case. */
  readonly sha256: string;
  /**
   * E.164, of somebody who has no seat, as the module's own row has it: a site contact who reads the code out to whoever asked for it. Without
   * it, the phone by which the seat that asks is signed in to.
   */
  readonly phone?: string;
}
/** Who signs, as the evidence keeps it. */
export interface Signer {
  /** As it is to be read for as long as there is evidence, whatever becomes of the contact or employee. */
  readonly name: string;
  /** As what they sign, such as `SUPPLIER`. */
  readonly role: string;
  /** For whom, where they sign in somebody's place. */
  readonly onBehalfOf?: string;
}
/** What is left of a signature: it is never changed and never deleted. */
export interface SignatureEvidence {
  /** UUID */
  readonly evidenceId: string;
  readonly signedAt: Date;
  /** `+86138****1234`; null for a signature on paper. */
  readonly phoneMasked: string | null;
}

/** The code is wrong, old, used, for something else or for another phone: one answer for all of it. */
export const signingCodeRefused = sharedRefusal(
  refusalType('SigningCodeRefused', {
    description: 'The code is not right for what is to be signed, or no longer. Ask for a new one.',
    message: { en: 'This code is wrong or has expired. Ask for a new one.', 'zh-CN': '验证码错误或已失效，请重新获取。' },
  }),
);

/** Signatures by a code that is sent to a phone, and their evidence: `use.service(signaturesService)`. */
export interface SignaturesService {
  /**
   * Sends a code of six digits that signs this one thing, from this seat. It takes the place of an earlier one for the same; it is good for five
   * minutes and five tries, and bound to the phone: where the phone changes meanwhile, it is good no more. Ask for it at the end of `run`: it is
   * sent even where the use case is undone afterwards.
   * @param asked.name what the message calls it, such as a contract's number
   * @throws RATE_LIMITED within the limits of codes for signing in, counted apart from these; ValidationFailed where the seat has no phone
   */
  requestCode(
    use: UseCase,
    asked: Signing & { readonly name: string },
  ): Promise<{ readonly expiresAt: Date; readonly phoneMasked: string }>;
  /**
   * Takes a try of the code, which counts whatever becomes of the use case, and where it is right writes the evidence: who, as what, what (its
   * hash), when, by which masked phone and code, from which address and program. A code signs once.
   * @param given.code as it was typed. @param path of the input field that has it
   * @throws SigningCodeRefused, which the mutation names in `refusals`
   *
   * @example
   * const { evidenceId } = await use.service(signaturesService).sign(use, {
   *   purpose: 'LENDING_RECEIPT', subject: { type: 'LendingLoan', id: loanId }, sha256, signer: { name, role: 'BORROWER' }, code,
   * }, ['input', 'code']);
   */
  sign(
    use: UseCase,
    given: Signing & { readonly signer: Signer; readonly code: string },
    path: readonly string[],
  ): Promise<SignatureEvidence>;
  /** Writes down a signature on paper, which the seat that acts has seen: `sha256` is that of the picture of it, or of what was signed. */
  recordPaper(use: UseCase, given: Omit<Signing, 'phone'> & { readonly signer: Signer }): Promise<SignatureEvidence>;
}
/** `use.service(signaturesService)`; a module that calls it names `signatures` in its `needs`. */
export const signaturesService = service<SignaturesService>('signatures');
