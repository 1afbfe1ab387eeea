import {
  invalid,
  type SignatureEvidence,
  type SignaturesService,
  type Signer,
  type Signing,
  signingCodeRefused,
  type UseCase,
} from '../../sdk/index.ts';
import { type AskedSigning, identityDoor, sendSigningCode, trySigningCode } from '../accounts/index.ts';
import { Evidence } from './signature-evidence.entity.ts';
import { masked, subjectOf } from './signing.rules.ts';

const askedBy = ({ seat, organizationId }: UseCase, signing: Signing): AskedSigning => ({
  seat: { organizationId, seatId: seat.id, kind: seat.kind },
  subject: subjectOf(signing),
  phone: signing.phone,
});

async function requestCode(use: UseCase, { name, ...signing }: Signing & { readonly name: string }) {
  const address = use.caller?.address ?? '';
  const sent = await sendSigningCode(
    use.service(identityDoor),
    { ...askedBy(use, signing), name, address, language: use.language },
    use.now,
  );
  if (!sent) throw invalid(['input'], 'NO_PHONE', { en: 'There is no phone to send a code to.', 'zh-CN': '没有可接收验证码的手机号。' });
  return { expiresAt: sent.expiresAt, phoneMasked: masked(sent.phone) };
}

async function sign(
  use: UseCase,
  { signer, code, ...signing }: Signing & { readonly signer: Signer; readonly code: string },
  path: readonly string[],
): Promise<SignatureEvidence> {
  const proof = await trySigningCode(use.service(identityDoor), { ...askedBy(use, signing), code }, use.now);
  const refusal = () => signingCodeRefused({}, path);
  if (!proof) throw refusal();
  use.refuseTaken('signature_evidence_once', refusal); // the code has signed already
  return write(use, signing, signer, { method: 'PHONE_CODE', phoneMasked: masked(proof.phone), codeId: proof.codeId });
}

interface Proof {
  readonly method: 'PHONE_CODE' | 'PAPER';
  readonly phoneMasked: string | null;
  readonly codeId: string | null;
}
/** Written at once: a code that has signed already is refused before anything is built on it. */
async function write(use: UseCase, { purpose, subject, sha256 }: Signing, signer: Signer, proof: Proof): Promise<SignatureEvidence> {
  const evidenceId = use.newId();
  const { caller } = use;
  use.em.create(Evidence, {
    id: evidenceId,
    seatId: use.seat.id,
    seatKind: use.seat.kind,
    signerName: signer.name,
    role: signer.role,
    onBehalfOf: signer.onBehalfOf ?? null,
    purpose,
    subjectType: subject.type,
    subjectId: subject.id,
    sha256,
    signedAt: use.now,
    address: caller?.address ?? null,
    userAgent: caller?.userAgent || null,
    ...proof,
  });
  await use.em.flush();
  return { evidenceId, signedAt: use.now, phoneMasked: proof.phoneMasked };
}

/** Signatures, as other modules use them. */
export const theSignatures: SignaturesService = {
  requestCode,
  sign,
  recordPaper: (use, { signer, ...signing }) => write(use, signing, signer, { method: 'PAPER', phoneMasked: null, codeId: null }),
};
