import type { UseCase } from '@guichet/sdk';
import { OVER } from './application.moves.ts';
import { BATCH, type Batch, next } from './batch.rules.ts';
import { FranchiseDocument } from './dossier.entity.ts';
import { daysLater } from './franchise.rules.ts';
import { held } from './holding.service.ts';
import { settingsOf } from './settings.ts';
import { applicantsOf, notify, notifyBoth } from './telling.ts';

const NOTICE_DAYS = 3;
const documentsBehind = (use: UseCase, after: string) =>
  use
    .on(FranchiseDocument)
    .selectFrom('plg_franchise.documents')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate();

/** Documents that were accepted and are good no more are asked for again; those that soon will not be are told of, once. */
export const expireDocuments: Batch = async (use, now, after) => {
  const { expiryNoticeDays } = await settingsOf(use);
  const due = await documentsBehind(use, after)
    .where('state', '=', 'VERIFIED')
    .where('expires_on', '<', daysLater(now, expiryNoticeDays))
    .where((of) => of.or([of('expires_on', '<', now), of('told_at', 'is', null)]))
    .execute();
  for (const { id } of due) {
    const document = await use.em.findOneOrFail(FranchiseDocument, id);
    const row = await held(use, document.applicationId);
    if (OVER.has(row.state)) document.toldAt = use.now;
    else {
      if ((document.expiresOn as string) < now) document.state = 'EXPIRED';
      document.toldAt = use.now;
      await notifyBoth(use, row, 'DOCUMENT_EXPIRING');
    }
  }
  return next(due);
};

/** What was asked for and has not come is told of shortly before its day. */
export const remindOfDocuments: Batch = async (use, now, after) => {
  const due = await documentsBehind(use, after)
    .where('state', 'in', ['REQUESTED', 'REFUSED'])
    .where('told_at', 'is', null)
    .where('due_on', '<=', daysLater(now, NOTICE_DAYS))
    .execute();
  for (const { id } of due) {
    const document = await use.em.findOneOrFail(FranchiseDocument, id);
    document.toldAt = use.now;
    const row = await held(use, document.applicationId);
    if (!OVER.has(row.state)) await notify(use, row, 'DOCUMENTS_ASKED', await applicantsOf(use, row));
  }
  return next(due);
};
