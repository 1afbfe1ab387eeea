import { type Issue, invalid, notFound, type UseCase, validationFailed } from '../../sdk/index.ts';
import { contact } from '../contacts/index.ts';
import { enterWindow } from '../service-window/index.ts';
import { refuseOutsideAudience, refuseOutsideStaff } from './form-audience.service.ts';
import { contactOfDraft, type HeldDraft, holdDraft } from './form-draft.service.ts';
import { enterFor } from './form-entrance.service.ts';
import { GENERAL } from './form-step.service.ts';
import { findGeneralKind, generalKind } from './form-submit.service.ts';

const CONTACT = ['input', 'contactId'];
const TEMPLATE = ['input', 'templateId'];

interface Drafting {
  readonly draftId?: string;
  readonly expectedVersion?: number;
  readonly templateId?: string;
  readonly contactId?: string;
}
export interface Drafted {
  readonly templateId: string;
  readonly draft?: HeldDraft;
}

/** Finds and locks what is drafted, in the order of locks: the contact, the draft. @throws NotFound, FORBIDDEN, WindowSuspended, VersionConflict */
export async function findToDraft(use: UseCase, { draftId, expectedVersion, templateId, contactId }: Drafting): Promise<Drafted> {
  await mayDraftFor(use, contactId);
  if (templateId !== undefined) await mayFillIn(use, templateId);
  const draft = draftId === undefined ? undefined : await holdDraft(use, draftId, expectedVersion);
  const of = draft?.templateId ?? templateId;
  if (of === undefined) throw missing(TEMPLATE);
  if (draft && templateId !== undefined && templateId !== draft.templateId) throw invalid(TEMPLATE, 'OTHER_TEMPLATE', OTHER_TEMPLATE);
  if (draft && expectedVersion === undefined) throw missing(['input', 'expectedVersion']);
  return { templateId: of, draft };
}
const missing = (path: readonly string[]): Error => {
  const issues: Issue[] = [{ path, code: 'REQUIRED', message: { en: 'This is needed here.', 'zh-CN': '此处必填。' } }];
  return validationFailed({ issues }, path);
};
const OTHER_TEMPLATE = { en: 'The draft is of another template.', 'zh-CN': '草稿属于另一模板。' };

async function mayDraftFor(use: UseCase, contactId: string | undefined): Promise<void> {
  if (use.seat.kind === 'CONTACT') {
    await enterWindow(use);
    if (contactId !== undefined && contactId !== use.seat.id) throw notFound({}, CONTACT);
  } else if (contactId !== undefined) await use.authorize('Contact', contactId, contact.actFor, { path: CONTACT });
}

/** A contact drafts what it may hand in; employees what is published: who may hand it in for whom is asked when they do. */
async function mayFillIn(use: UseCase, templateId: string): Promise<void> {
  await use.find('FormTemplate', templateId, TEMPLATE);
  if (!(await generalKind(use, templateId))) throw notFound({}, TEMPLATE);
  if (use.seat.kind === 'CONTACT') await refuseOutsideAudience(use, { templateId, contactId: use.seat.id });
}

interface Submitting {
  readonly templateId: string;
  readonly contactId?: string;
  readonly draftId?: string;
  readonly approverId?: string;
}
export interface ToSubmit {
  readonly kind: string;
  readonly contactId?: string;
  readonly draft?: HeldDraft;
  /** Colleagues among themselves (spec 6.8). */
  readonly isInternal: boolean;
}
/** Finds what is handed in, and the draft that it was, which is for whom it was drafted unless the input says otherwise. */
export async function findToSubmit(use: UseCase, { templateId, draftId, contactId, approverId }: Submitting): Promise<ToSubmit> {
  if (use.seat.kind === 'CONTACT') await enterFor(use, contactId);
  const forWhom = draftId !== undefined && contactId === undefined ? await contactOfDraft(use, draftId) : contactId;
  const isInternal = use.seat.kind === 'EMPLOYEE' && forWhom === undefined;
  const kind = isInternal ? await findInternalKind(use, templateId) : await findGeneralKind(use, { templateId, contactId: forWhom });
  const found = { kind, contactId: forWhom, isInternal };
  if (approverId !== undefined) await use.find('Employee', approverId, ['input', 'approverId']);
  if (draftId === undefined) return found;
  const draft = await holdDraft(use, draftId);
  if (draft.templateId !== templateId) throw invalid(TEMPLATE, 'OTHER_TEMPLATE', OTHER_TEMPLATE);
  return { ...found, draft };
}

/** Of the core's own kind, and for employees: what modules keep beside a form is a contact's. @throws NotFound */
async function findInternalKind(use: UseCase, templateId: string): Promise<string> {
  await use.find('FormTemplate', templateId, TEMPLATE);
  const kind = await generalKind(use, templateId);
  if (kind?.kind !== GENERAL.kind) throw notFound({}, TEMPLATE);
  await refuseOutsideStaff(use, templateId);
  return kind.kind;
}
