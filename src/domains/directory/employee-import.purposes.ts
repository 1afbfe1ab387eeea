import { type FilePurpose, filePurposes, jobResults, type MadePurpose, register } from '../../sdk/index.ts';
import { directory } from './permissions.ts';

const MOST = 10 * 1024 * 1024;

/** A table of employees; once it is taken in, nobody reads it any more. */
export const employeeTable: FilePurpose = {
  purpose: 'EMPLOYEE_IMPORT',
  description: 'A table of employees to take in.',
  mayUpload: directory.import,
  most: MOST,
  kinds: ['XLSX', 'CSV'],
};
export const rejectedEmployees: MadePurpose = {
  purpose: 'EMPLOYEE_IMPORT_REJECTED',
  description: 'Rows of a table of employees that were not taken, with the reasons. The server writes it.',
  madeFor: directory.import,
  most: 2 * MOST,
  kinds: ['XLSX'],
  readBy: { type: 'EmployeeImportResult', rule: directory.import },
};
/** It hangs on nothing: whoever asked for it reads it, for a day, while they still may ask. */
export const employeeTemplate: MadePurpose = {
  purpose: 'EMPLOYEE_IMPORT_TEMPLATE',
  description: 'An empty table of employees to fill in. The server writes it.',
  madeFor: directory.import,
  most: MOST,
  kinds: ['XLSX', 'CSV'],
};
export const employeeImportRegistrations = [
  ...[employeeTable, rejectedEmployees, employeeTemplate].map((purpose) => register(filePurposes, purpose)),
  register(jobResults, { type: 'EmployeeImportResult' }),
];
