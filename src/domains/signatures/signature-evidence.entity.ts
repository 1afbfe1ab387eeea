import { tenantEntity } from '../../sdk/index.ts';

/**
 * What is left of each signature. Nothing refers to the contact or employee by a key: they may be merged, deleted and forgotten, and what they
 * have signed stays signed.
 */
export const Evidence = tenantEntity(
  'signature_evidence',
  (t) => ({
    /** The seat that signed; of a signature on paper, the one that wrote it down. */
    seatId: t.uuid(),
    seatKind: t.oneOf('EMPLOYEE', 'CONTACT'),
    signerName: t.text(),
    role: t.text(),
    onBehalfOf: t.text().nullable(),
    purpose: t.text(),
    subjectType: t.text(),
    subjectId: t.uuid(),
    sha256: t.text().check(`sha256 ~ '^[0-9a-f]{64}$'`),
    method: t.oneOf('PHONE_CODE', 'PAPER'),
    signedAt: t.timestamptz(),
    phoneMasked: t.text().nullable(),
    address: t.text().nullable(),
    userAgent: t.text().nullable(),
    codeId: t.uuid().nullable(),
  }),
  {
    appendOnly: true,
    checks: { signature_evidence_code: `(method = 'PHONE_CODE') = (code_id is not null)` },
    indexes: {
      signature_evidence_once: { columns: ['codeId'], unique: true, where: 'code_id is not null' },
      signature_evidence_subject: { columns: ['subjectId', 'id'] },
    },
  },
);

export const signatureEvidence = Evidence.table;
