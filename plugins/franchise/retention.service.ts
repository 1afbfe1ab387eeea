import { filesService, type UseCase } from '@guichet/sdk';
import { Application, type ApplicationRow, CoApplicant } from './application.entity.ts';
import { FranchiseDocument, Recusal, Score, SiteVisit } from './dossier.entity.ts';
import { held } from './holding.service.ts';
import { settingsOf } from './settings.ts';

const BATCH = 50;
const DAY = 86_400_000;

/** What an applicant has said is kept for the days of the settings where nothing came of it. */
export async function purgeSome(use: UseCase, _: string, after: string): Promise<string | undefined> {
  const { retentionDays } = await settingsOf(use);
  const due = await use
    .on(Application)
    .selectFrom('plg_franchise.applications')
    .select('id')
    .where('closed_at', '<=', new Date(use.now.getTime() - retentionDays * DAY))
    .where('purged_at', 'is', null)
    .where('state', '<>', 'OPEN')
    .where('id', '>', after)
    .orderBy('id')
    .limit(BATCH)
    .forUpdate()
    .execute();
  for (const { id } of due) await purge(use, await held(use, id));
  return due.length === BATCH ? due.at(-1)!.id : undefined;
}
const FORGOTTEN = {
  legalName: null,
  capitalMinor: null,
  capitalCurrency: null,
  experience: null,
  message: null,
  innerReason: null,
} as const;

async function purge(use: UseCase, row: ApplicationRow): Promise<void> {
  Object.assign(row, { ...FORGOTTEN, purgedAt: use.now });
  const all = await use.em.find(FranchiseDocument, { applicationId: row.id });
  for (const one of all) use.em.remove(one);
  await forgetJudgements(use, row);
  await use.em.flush();
  await use.service(filesService).detachAll(
    use,
    'FranchiseDocument',
    all.map(({ id }) => id),
  );
}
/** What was said of them goes with it; that they were judged, and with how many points, stays. */
async function forgetJudgements(use: UseCase, { id: applicationId }: ApplicationRow): Promise<void> {
  for (const score of await use.em.find(Score, { applicationId })) score.note = null;
  for (const recusal of await use.em.find(Recusal, { applicationId })) recusal.reason = '';
  const visit = await use.em.findOne(SiteVisit, { applicationId });
  if (visit) Object.assign(visit, { address: '', findings: null });
}
/** The person is gone for good: what the plugin knows of them goes too. */
export async function forget(use: UseCase, contactId: string): Promise<void> {
  for (const row of await use.em.find(Application, { contactId, purgedAt: null })) await purge(use, row);
  for (const one of await use.em.find(CoApplicant, { contactId })) use.em.remove(one);
}
