import { COLLEAGUE, EXTERNAL, type FilePurpose, rule } from '@guichet/sdk';
import { REPAIR_PHOTO } from './order.service.ts';
import { repair } from './permissions.ts';

export const sendPhoto = rule('repair.sendPhoto', { roles: [COLLEAGUE, EXTERNAL], description: 'Every seat.' });

export const photoPurpose: FilePurpose = {
  purpose: REPAIR_PHOTO,
  description: 'A photo of something to be repaired, or of work.',
  mayUpload: sendPhoto,
  most: 20 * 1024 * 1024,
  kinds: ['JPEG', 'PNG', 'WEBP'],
  readBy: { type: 'RepairPhoto', rule: repair.read },
};
