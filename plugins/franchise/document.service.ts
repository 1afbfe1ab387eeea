import { filesService, invalid, notFound, type UseCase } from '@guichet/sdk';
import type { ApplicationRow } from './application.entity.ts';
import { FranchiseDocument } from './dossier.entity.ts';
import { expectFuture, held, today } from './holding.service.ts';
import { applicantsOf, moveTo, notify, recruiterOf } from './telling.ts';

type DocumentRow = InstanceType<typeof FranchiseDocument.class>;
export const DOCUMENT_FILE = 'FRANCHISE_DOCUMENT';
const MOST = 50;
const DOCUMENT = ['input', 'documentId'];
/** Where the applicant is sent back to the documents. */
const REVIEWED: ReadonlySet<string> = new Set(['UNDER_REVIEW', 'NEEDS_DOCUMENTS']);

/** Asks for documents, each by a day. @throws ValidationFailed */
export async function requestDocuments(
  use: UseCase,
  franchiseId: string,
  asked: readonly { readonly kind: string; readonly dueOn: string }[],
): Promise<void> {
  const row = await held(use, franchiseId);
  for (const [i, { dueOn }] of asked.entries()) await expectFuture(use, dueOn, ['input', 'documents', String(i), 'dueOn']);
  if ((await use.em.count(FranchiseDocument, { applicationId: row.id })) + asked.length > MOST)
    throw invalid(['input', 'documents'], 'TOO_MANY', {
      en: `An application has at most ${MOST} documents.`,
      'zh-CN': `每份申请最多 ${MOST} 份材料。`,
    });
  for (const one of asked) use.em.create(FranchiseDocument, { ...NOTHING_YET, ...one, applicationId: row.id, state: 'REQUESTED' });
  if (REVIEWED.has(row.state)) await moveTo(use, row, 'NEEDS_DOCUMENTS');
  await notify(use, row, 'DOCUMENTS_ASKED', await applicantsOf(use, row));
}
const NOTHING_YET = {
  expiresOn: null,
  fileId: null,
  remark: null,
  uploadedAt: null,
  verifiedAt: null,
  verifiedBy: null,
  toldAt: null,
} as const;

/** A document of an application. @throws NotFound */
export async function documentOf(use: UseCase, franchiseId: string, documentId: string): Promise<DocumentRow> {
  const found = await use.em.findOne(FranchiseDocument, { id: documentId, applicationId: franchiseId });
  if (!found) throw notFound({}, DOCUMENT);
  return found;
}

/** The applicant sends a document. One that was accepted stays until it is asked for again. @throws ValidationFailed, NotFound */
export async function uploadDocument(
  use: UseCase,
  row: ApplicationRow,
  { document, uploadId, expiresOn }: { readonly document: DocumentRow; readonly uploadId: string; readonly expiresOn?: string },
): Promise<void> {
  if (document.state === 'VERIFIED') throw invalid(DOCUMENT, 'VERIFIED', { en: 'It was accepted already.', 'zh-CN': '该材料已通过。' });
  if (expiresOn !== undefined) await expectFuture(use, expiresOn, ['input', 'expiresOn']);
  const files = use.service(filesService);
  const to = { type: 'FranchiseDocument', id: document.id };
  const { fileId } = await files.attach(use, { uploadId, purpose: DOCUMENT_FILE, to, path: ['input', 'uploadId'] });
  const former = document.fileId;
  Object.assign(document, { fileId, expiresOn: expiresOn ?? null, state: 'UPLOADED', uploadedAt: use.now, remark: null, toldAt: null });
  await use.em.flush();
  if (former) await files.detach(use, to, [former]);
  if (row.waitingSince) row.waitingSince = use.now;
  await notify(use, row, 'ANSWERED', await recruiterOf(use, row));
}

/** Accepts a document, or asks for it again with a remark for the applicant. @throws ValidationFailed */
export async function verifyDocument(
  use: UseCase,
  row: ApplicationRow,
  { document, accept, remark, expiresOn }: { document: DocumentRow; accept: boolean; remark?: string; expiresOn?: string },
): Promise<void> {
  if (document.state !== 'UPLOADED')
    throw invalid(DOCUMENT, 'NOT_UPLOADED', { en: 'There is nothing to look at.', 'zh-CN': '没有待审核的材料。' });
  if (!accept && remark === undefined)
    throw invalid(['input', 'remark'], 'REQUIRED', { en: 'Say what is wrong with it.', 'zh-CN': '请说明原因。' });
  const until = expiresOn ?? document.expiresOn;
  if (accept && until && until < (await today(use)))
    throw invalid(['input', 'expiresOn'], 'EXPIRED', { en: 'It is good no more.', 'zh-CN': '该材料已过期。' });
  Object.assign(document, { state: accept ? 'VERIFIED' : 'REFUSED', remark: remark ?? null, expiresOn: until });
  Object.assign(document, { verifiedAt: use.now, verifiedBy: use.seat.id });
  if (accept) return;
  if (row.state === 'UNDER_REVIEW') await moveTo(use, row, 'NEEDS_DOCUMENTS');
  await notify(use, row, 'DOCUMENTS_ASKED', await applicantsOf(use, row));
}

/** Every document was accepted and is good on a day. @throws ValidationFailed with those that are not */
export async function expectVerified(use: UseCase, row: ApplicationRow): Promise<void> {
  const now = await today(use);
  const all = await use.em.find(FranchiseDocument, { applicationId: row.id }, { orderBy: { id: 'asc' } });
  const open = all.filter(({ state, expiresOn }) => state !== 'VERIFIED' || (!!expiresOn && expiresOn < now));
  if (open.length === 0) return;
  const kinds = open.map(({ kind }) => kind);
  throw invalid(['input', 'franchiseId'], 'DOCUMENTS', {
    en: `These documents are not accepted, or good no more: ${kinds.join(', ')}.`,
    'zh-CN': `以下材料未通过或已过期：${kinds.join('、')}。`,
  });
}
