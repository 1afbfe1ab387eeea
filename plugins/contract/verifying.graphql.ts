import { type FieldContext, filesService, type GuichetBuilder, organizationData, refuseSuspended, types } from '@guichet/sdk';
import { CHECKED_FILE } from './file.purposes.ts';
import { contract } from './permissions.ts';
import { type Verification, verified, verifiedIn } from './verifying.service.ts';

const rule = contract.verify;

const LONGEST_NUMBER = 40;
const OF_WHICH =
  'Number of the contract, as its receipt has it: many can have one text. Left out: one that you drafted or sign, or that is made with you.';

/** Whether a document is what was signed: who has it may know that, and nothing else of the contract. */
export function verifyingTypes(builder: GuichetBuilder): void {
  const Type = builder.objectRef<Verification>('ContractVerification').implement({
    description: 'What is known of a document by its hash.',
    fields: (t) => ({
      sha256: t.exposeString('sha256', { description: 'The hash that was asked for.', rule }),
      isSigned: t.exposeBoolean('isSigned', { description: 'Whether all have signed it, in a contract that was not made void.', rule }),
      isInForce: t.exposeBoolean('isInForce', { description: 'Whether that contract is in force.', rule }),
      signatures: t.exposeInt('signatures', { description: 'How many have signed it.', rule }),
      lastSignedAt: t.expose('lastSignedAt', { type: 'DateTime', nullable: true, description: 'When the last of them did.', rule }),
    }),
  });
  builder.queryField('verifyDocument', (t) =>
    t.field({
      type: Type,
      nullable: true,
      description:
        'Whether a document is what was signed: front ends make the SHA-256 of a file by themselves. Whoever has a document may ask.',
      rule,
      args: {
        sha256: t.arg.string({ required: true, description: 'The hash, in 64 hexadecimal digits.' }),
        number: t.arg.text({ description: OF_WHICH, max: LONGEST_NUMBER, required: false }),
      },
      resolve: (_, asked, { seat, switchboard }: FieldContext) => {
        refuseSuspended(seat);
        return switchboard.service(organizationData).read(seat.organizationId, (transaction) => verifiedIn(transaction, asked, seat.id));
      },
    }),
  );
  builder.useCase('verifyContractFile', {
    description: 'The same of a file that you have sent for `CONTRACT_CHECK`: its bytes are compared, and it is deleted.',
    rule,
    doesOnce: true,
    input: (t) => ({
      uploadId: t.globalId(types.File, { description: 'The file.' }),
      number: t.text({ description: OF_WHICH, max: LONGEST_NUMBER, required: false }),
    }),
    guard: (use, { uploadId }) => use.find('File', uploadId, ['input', 'uploadId']),
    run: async (use, { uploadId, number }) => {
      refuseSuspended(use.seat);
      const files = use.service(filesService);
      const to = { type: 'ContractVersion', id: use.newId() };
      const { sha256, fileId } = await files.attach(use, { uploadId, purpose: CHECKED_FILE, to, path: ['input', 'uploadId'] });
      await files.detach(use, to, [fileId]);
      return { verification: await verified(use, { sha256, number }) };
    },
    success: (t) => ({
      verification: t.field({
        type: Type,
        description: 'What is known of it.',
        rule,
        resolve: ({ verification }) => verification,
      }),
    }),
  });
}
