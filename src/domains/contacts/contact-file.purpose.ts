import { type FilePurpose, filePurposes, register } from '../../sdk/index.ts';
import { PICTURES } from '../fields/index.ts';
import { contact } from './permissions.ts';

/** Bytes are read by insiders; by the contact itself through a value that it may read. */
export const contactFile: FilePurpose = {
  purpose: 'CONTACT_FILE',
  description: 'A file or an image in a field of a contact.',
  mayUpload: contact.add,
  most: 50 * 1024 * 1024,
  kinds: [...PICTURES, 'PDF', 'XLSX', 'DOCX', 'PPTX', 'ZIP', 'MP3', 'MP4', 'CSV', 'TEXT'],
  readBy: { type: 'Contact', rule: contact.insiders },
};
export const contactFiles = register(filePurposes, contactFile);
