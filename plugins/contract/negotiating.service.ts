import { invalid, notFound, type UseCase } from '@guichet/sdk';
import { ContractVersion, InternalComment, SharedComment } from './contract.entity.ts';
import { currentOf, held, sideOf } from './holding.service.ts';
import { type ContractNews, type ContractRow, concerned, follow, isOfSigning, notify, othersOf, outsideOf } from './telling.ts';

/** Shows the version that is current to the counterparty, once and for all. */
export async function shareContract(use: UseCase, contractId: string): Promise<{ contract: string; contractVersion: string }> {
  const row = await held(use, contractId);
  const version = await shareVersion(use, row);
  await use.em.flush();
  await follow(use, row, 'VERSION_SHARED');
  await notify(use, row, 'SHARED', await outsideOf(use, row));
  return { contract: contractId, contractVersion: version.id };
}

/** What is current is the counterparty's too from now on. It is not written yet. */
export async function shareVersion(use: UseCase, row: ContractRow) {
  const version = await currentOf(use, row);
  version.sharedAt ??= use.now;
  row.sharedAt ??= use.now;
  row.sharedVersionId = version.id;
  return version;
}

interface Said {
  readonly contractId: string;
  readonly text: string;
}
/** What is said inside. */
export async function commentInside(use: UseCase, { contractId, text }: Said): Promise<{ comment: string }> {
  const row = await held(use, contractId);
  const versionId = row.currentVersionId as string;
  return { comment: use.em.create(InternalComment, { contractId, versionId, authorId: use.seat.id, text, createdAt: use.now }).id };
}

/** What both sides read: on the last version that both have. @throws ValidationFailed where nothing was shared yet */
export async function commentShared(use: UseCase, { contractId, text, proposedText }: Said & { readonly proposedText?: string }) {
  const row = await held(use, contractId);
  const version = await lastShared(use, row);
  const side = sideOf(use);
  const { id } = use.em.create(SharedComment, {
    contractId,
    versionId: version.id,
    side,
    authorId: use.seat.id,
    text,
    proposedText: proposedText ?? null,
    createdAt: use.now,
  });
  await use.em.flush();
  await follow(use, row, 'COMMENTED');
  await notify(use, row, 'COMMENTED', side === 'OWN' ? await outsideOf(use, row) : await othersOf(use, row));
  return { comment: id };
}

async function lastShared(use: UseCase, row: ContractRow) {
  const version = await use.em.findOne(ContractVersion, { contractId: row.id, sharedAt: { $ne: null } }, { orderBy: { position: 'desc' } });
  if (version) return version;
  if (use.seat.kind === 'CONTACT') throw notFound({}, ['input', 'contractId']);
  throw invalid(['input', 'contractId'], 'NOT_SHARED', {
    en: 'No version of it was shared with the counterparty yet.',
    'zh-CN': '尚未与对方共享任何版本。',
  });
}

/** Fixes what was approved. @throws ValidationFailed unless that is the version that is current */
export async function freezeContract(use: UseCase, contractId: string): Promise<void> {
  const row = await held(use, contractId);
  const version = await currentOf(use, row);
  if (row.approvedVersionId !== version.id)
    throw invalid(['input', 'contractId'], 'NOT_APPROVED', {
      en: 'The version that is current was not approved.',
      'zh-CN': '当前版本尚未通过审批。',
    });
  Object.assign(row, { frozenSha256: version.sha256, state: 'APPROVED_TO_SIGN' });
  await follow(use, row, 'MOVED');
}

/** Tells everybody whom a contract concerns; who signs it for the counterparty, of its signing alone. */
export const notifyAll = async (use: UseCase, row: ContractRow, news: ContractNews): Promise<void> =>
  notify(use, row, news, await concerned(use, row, isOfSigning(news)));
