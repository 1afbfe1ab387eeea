import type { FilePurpose } from '@guichet/sdk';
import { repair } from './permissions.ts';
import { sendPhoto } from './photo.purpose.ts';

export const REPAIR_SIGNATURE = 'REPAIR_SIGNATURE';
export const signaturePurpose: FilePurpose = {
  purpose: REPAIR_SIGNATURE,
  description: 'A signature for work that is done, as it was drawn.',
  mayUpload: sendPhoto,
  most: 512 * 1024,
  kinds: ['JPEG', 'PNG'],
  readBy: { type: 'RepairSignature', rule: repair.read },
};
