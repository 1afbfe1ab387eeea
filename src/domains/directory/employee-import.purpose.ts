import type { FilePurpose } from '../../sdk/index.ts';
import { directory } from './permissions.ts';

/** A table of employees; once it is taken in, nobody reads it any more. */
export const employeeImport: FilePurpose = {
  purpose: 'EMPLOYEE_IMPORT',
  description: 'A table of employees to take in.',
  mayUpload: directory.import,
  most: 10 * 1024 * 1024,
  kinds: ['XLSX', 'CSV'],
};
