import type { FilePurpose } from '@guichet/sdk';
import { ordering } from './permissions.ts';

export const DISPUTE_PHOTO = 'ORDERING_DISPUTE_PHOTO';

export const disputePhotoPurpose: FilePurpose = {
  purpose: DISPUTE_PHOTO,
  description: 'A photo of goods that have not come as they should.',
  mayUpload: ordering.sendPhoto,
  most: 20 * 1024 * 1024,
  kinds: ['JPEG', 'PNG', 'WEBP'],
  readBy: { type: 'OrderDisputePhoto', rule: ordering.shipping },
};
