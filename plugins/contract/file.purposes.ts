import { type FilePurpose, filePurposes, register } from '@guichet/sdk';
import { contract } from './permissions.ts';

const MEGABYTE = 1024 * 1024;
export const VERSION_FILE = 'CONTRACT_VERSION';
export const CHECKED_FILE = 'CONTRACT_CHECK';
const PAPERS = { most: 20 * MEGABYTE, kinds: ['PDF', 'TEXT'] } as const;

const version: FilePurpose = {
  purpose: VERSION_FILE,
  description:
    'A version of a contract, as a file. A PDF is kept without its author and other properties; with comments or an earlier version in it, it is not taken.',
  mayUpload: contract.draft,
  ...PAPERS,
  withoutAuthors: true,
  readBy: { type: 'ContractVersion', rule: contract.read },
};
/** It hangs on nothing: it is compared, and let go in the same breath. */
const checked: FilePurpose = {
  purpose: CHECKED_FILE,
  description: 'A document of which somebody asks whether it was signed. It is compared and deleted.',
  mayUpload: contract.verify,
  ...PAPERS,
};
export const contractFiles = [version, checked].map((purpose) => register(filePurposes, purpose));
