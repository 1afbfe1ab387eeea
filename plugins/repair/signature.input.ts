import { type InputMaker, types, type UseCase } from '@guichet/sdk';

export const signatureId = (t: InputMaker) =>
  t.globalId(types.File, {
    description:
      'The signature as it was drawn, sent for `REPAIR_SIGNATURE`. The customer’s has to be there where `RepairOrder.needsSignature`.',
    required: false,
  });
/** @throws NotFound for an upload that the seat does not have */
export async function findSignature(use: UseCase, given: { readonly signatureId?: string }): Promise<void> {
  if (given.signatureId !== undefined) await use.find('File', given.signatureId, ['input', 'signatureId']);
}
