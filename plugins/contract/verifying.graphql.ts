import { type FieldContext, type GuichetBuilder, organizationData, refuseSuspended } from '@guichet/sdk';
import { Contract, Signer } from './contract.entity.ts';
import { contract } from './permissions.ts';

const rule = contract.verify;
const SHA256 = /^[0-9a-f]{64}$/;

interface Verification {
  readonly sha256: string;
  readonly isSigned: boolean;
  readonly isInForce: boolean;
  readonly signatures: number;
  readonly lastSignedAt: Date | null;
}

/** Whether a document is what was signed, by its hash alone: who has the document may know that, and nothing else of the contract. */
export function verifyingTypes(builder: GuichetBuilder): void {
  const Type = builder.objectRef<Verification>('ContractVerification').implement({
    description: 'What is known of a document by its hash.',
    fields: (t) => ({
      sha256: t.exposeString('sha256', { description: 'The hash that was asked for.', rule }),
      isSigned: t.exposeBoolean('isSigned', { description: 'Whether all have signed it, in a contract that was not made void.', rule }),
      isInForce: t.exposeBoolean('isInForce', { description: 'Whether that contract is in force.', rule }),
      signatures: t.exposeInt('signatures', { description: 'How many have signed it.', rule }),
      lastSignedAt: t.field({
        type: 'DateTime',
        nullable: true,
        description: 'When the last of them did.',
        rule,
        resolve: ({ lastSignedAt }) => lastSignedAt,
      }),
    }),
  });
  builder.queryField('verifyDocument', (t) =>
    t.field({
      type: Type,
      nullable: true,
      description:
        'Whether a document is what was signed: front ends make the SHA-256 of a file by themselves. Whoever has a document may ask.',
      rule,
      args: { sha256: t.arg.string({ required: true, description: 'The hash, in 64 hexadecimal digits.' }) },
      resolve: (_, { sha256 }, context) => verify(context, sha256.trim().toLowerCase()),
    }),
  );
}

const SIGNED = new Set(['SIGNED', 'ACTIVE', 'EXPIRING', 'RENEWED', 'EXPIRED', 'TERMINATED', 'SUPERSEDED']);
const IN_FORCE = new Set(['ACTIVE', 'EXPIRING', 'RENEWED']);

async function verify({ seat, switchboard }: FieldContext, sha256: string): Promise<Verification> {
  refuseSuspended(seat);
  const found = SHA256.test(sha256)
    ? await switchboard
        .service(organizationData)
        .read(seat.organizationId, (transaction) =>
          transaction
            .on({ 'plg_contract.signers': Signer.table, 'plg_contract.contracts': Contract.table })
            .selectFrom('plg_contract.signers as signer')
            .innerJoin('plg_contract.contracts as of', 'of.id', 'signer.contract_id')
            .select(['of.state', 'signer.signed_at'])
            .where('signer.sha256', '=', sha256)
            .where('of.frozen_sha256', '=', sha256)
            .where('signer.state', '=', 'SIGNED')
            .orderBy('signer.signed_at')
            .execute(),
        )
    : [];
  return {
    sha256,
    isSigned: found.some(({ state }) => SIGNED.has(state)),
    isInForce: found.some(({ state }) => IN_FORCE.has(state)),
    signatures: found.length,
    lastSignedAt: found.at(-1)?.signed_at ?? null,
  };
}
