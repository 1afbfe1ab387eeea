import type { Reference } from '../../sdk/core.ts';
import { type FileKind, type FilePurpose, filePurposes, register, type UseCase } from '../../sdk/index.ts';
import { attachFiles as attach, fields, PICTURES } from '../fields/index.ts';
import { form } from './permissions.ts';
import type { TemplateField } from './template-body.ts';

const MOST = 50 * 1024 * 1024;
const KINDS: readonly FileKind[] = [...PICTURES, 'PDF', 'XLSX', 'DOCX', 'PPTX', 'ZIP', 'MP3', 'MP4', 'CSV', 'TEXT'];

/** For fields that both sides read. */
export const FORM_FILE: FilePurpose = {
  purpose: 'FORM_FILE',
  description: 'A file, an image or a signature in a form.',
  mayUpload: fields.value,
  most: MOST,
  kinds: KINDS,
  readBy: { type: 'BusinessForm', rule: form.answers },
};
/** For fields that those inside alone read: the customer never reads its bytes, whatever it knows. */
const FORM_STAFF_FILE: FilePurpose = {
  purpose: 'FORM_STAFF_FILE',
  description: 'A file, an image or a signature in a field of a form that those inside alone read.',
  mayUpload: fields.employee,
  most: MOST,
  kinds: KINDS,
  readBy: { type: 'BusinessForm', rule: form.read },
};
export const answerFiles = [FORM_FILE, FORM_STAFF_FILE].map((purpose) => register(filePurposes, purpose));

/**
 * Hangs the files that values name on a form. @param kept files that hang on it already
 * @throws NotFound, ValidationFailed
 */
export const attachFiles = (use: UseCase, formId: string, files: readonly Reference[], kept?: ReadonlySet<string>): Promise<void> =>
  attach(use, files, {
    to: { type: 'BusinessForm', id: formId },
    kept,
    purposeOf: (field) => ((field as TemplateField).readBy === 'STAFF' ? FORM_STAFF_FILE.purpose : FORM_FILE.purpose),
  });
