import { type FilePurpose, filePurposes, jobResults, type MadePurpose, register } from '../../sdk/index.ts';
import { contactImport } from './permissions.ts';

export const IMPORT = 'ContactImport';
const MOST = 16 * 1024 * 1024;

/** A table of contacts; once it is taken in, nobody reads it any more. */
export const contactTable: FilePurpose = {
  purpose: 'CONTACT_IMPORT',
  description: 'A table of contacts to take in.',
  mayUpload: contactImport.manage,
  most: MOST,
  kinds: ['XLSX', 'CSV'],
};
export const rejectedContacts: MadePurpose = {
  purpose: 'CONTACT_IMPORT_REJECTED',
  description: 'Rows of a table of contacts that were not taken, with the reasons. The server writes it.',
  madeFor: contactImport.manage,
  most: 2 * MOST,
  kinds: ['XLSX'],
  readBy: { type: IMPORT, rule: contactImport.manage },
};
/** It hangs on nothing: whoever asked for it reads it, for a day, while they still may ask. */
export const contactTemplate: MadePurpose = {
  purpose: 'CONTACT_IMPORT_TEMPLATE',
  description: 'An empty table of contacts to fill in. The server writes it.',
  madeFor: contactImport.manage,
  most: MOST,
  kinds: ['XLSX', 'CSV'],
};
export const importRegistrations = [
  ...[contactTable, rejectedContacts, contactTemplate].map((purpose) => register(filePurposes, purpose)),
  register(jobResults, { type: IMPORT }),
];
