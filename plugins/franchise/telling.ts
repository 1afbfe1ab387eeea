import {
  announcement,
  contactAudience,
  type Message,
  type News,
  type NotifiedSeat,
  newsKinds,
  notificationSubjects,
  register,
  type Transaction,
  topic,
  type UseCase,
} from '@guichet/sdk';
import { type ApplicationRow, applications, CoApplicant } from './application.entity.ts';
import { APPLICANTS_TURN, type FranchiseState, OVER } from './application.moves.ts';

export const stageTopic = topic('FRANCHISE_STAGE', 'FranchiseApplication');

/** What people are told of, each a kind of notification. None of it says who has decided, how, or why. */
const TEXTS = {
  ASKED: { en: 'Somebody asks for a franchise', 'zh-CN': '有新的加盟咨询' },
  MOVED: { en: 'Your application for a franchise has moved on', 'zh-CN': '您的加盟申请有新进展' },
  ANSWERED: { en: 'An applicant for a franchise has answered', 'zh-CN': '加盟申请人已提交内容' },
  DOCUMENTS_ASKED: { en: 'You are asked for documents', 'zh-CN': '请提交加盟申请材料' },
  DOCUMENT_EXPIRING: { en: 'A document of a franchise application expires soon', 'zh-CN': '加盟申请材料即将过期' },
  INSPECTION: { en: 'You are sent to look at a site', 'zh-CN': '请进行加盟选址考察' },
  SCORE_ASKED: { en: 'You are asked to score an application for a franchise', 'zh-CN': '请为加盟申请评分' },
  SCORED: { en: 'All scores of an application are in', 'zh-CN': '加盟申请已全部评分' },
  DECIDED: { en: 'The committee has decided about an application', 'zh-CN': '评审会已有结论' },
  TERRITORY_GONE: { en: 'The territory that an application is for is not available', 'zh-CN': '加盟申请的区域不可用' },
  HOLD_OVER: { en: 'A territory is kept for an application no longer', 'zh-CN': '区域保留期已过' },
  DISCLOSED: { en: 'There is something to read before you sign', 'zh-CN': '请阅读特许经营信息披露文件' },
  SIGNED: { en: 'The contract of a franchise is signed', 'zh-CN': '加盟合同已签署' },
  ENDED: { en: 'An application for a franchise is over', 'zh-CN': '加盟申请已结束' },
  REFUND_DUE: { en: 'A deposit is to go back', 'zh-CN': '有保证金待退还' },
  TASK_DUE: { en: 'Something is due before a store opens', 'zh-CN': '开业准备事项即将到期' },
  OPEN: { en: 'A store is open', 'zh-CN': '加盟店已开业' },
} as const satisfies Record<string, Message>;
export type FranchiseNews = keyof typeof TEXTS;

/** People are told of an application; ids are UUIDs. */
export const franchiseTold = announcement<{ applicationId: string } & News<FranchiseNews>>('franchise.told');

async function numbersOf({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ 'plg_franchise.applications': applications })
    .selectFrom('plg_franchise.applications')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}
export const franchiseNotifications = [
  ...newsKinds({
    prefix: 'FRANCHISE',
    on: franchiseTold,
    about: { type: 'FranchiseApplication', id: ({ applicationId }) => applicationId },
    texts: TEXTS,
    outside: ['MOVED', 'DOCUMENTS_ASKED', 'DOCUMENT_EXPIRING', 'TERRITORY_GONE', 'DISCLOSED', 'SIGNED', 'ENDED', 'OPEN'],
  }),
  register(notificationSubjects, { type: 'FranchiseApplication', names: numbersOf }),
];

export const employee = (id: string): NotifiedSeat => ({ id, kind: 'EMPLOYEE' });
/** The applicant, and who applies together with them. */
export async function applicantsOf(use: UseCase, { id, contactId }: ApplicationRow): Promise<NotifiedSeat[]> {
  const together = await use.em.find(CoApplicant, { applicationId: id }, { orderBy: { contactId: 'asc' } });
  return [contactId, ...together.map((one) => one.contactId)].map((of) => ({ id: of, kind: 'CONTACT' }));
}
/** Whoever answers for the contact now; nobody, where nobody does. */
export async function recruiterOf(use: UseCase, { contactId }: ApplicationRow): Promise<NotifiedSeat[]> {
  const { ownerId } = await use.service(contactAudience).factsOf(use, contactId);
  return ownerId ? [employee(ownerId)] : [];
}
/** Notifies people of an application. */
export const notify = (use: UseCase, row: ApplicationRow, news: FranchiseNews, seats: readonly NotifiedSeat[]): Promise<void> =>
  use.announce(franchiseTold({ applicationId: row.id, news, seats }));
export const notifyBoth = async (use: UseCase, row: ApplicationRow, news: FranchiseNews): Promise<void> =>
  notify(use, row, news, [...(await applicantsOf(use, row)), ...(await recruiterOf(use, row))]);

/** It stands elsewhere from now on: followers are told so, applicants on their own streams. */
export async function moveTo(use: UseCase, row: ApplicationRow, state: FranchiseState): Promise<void> {
  const { now } = use;
  Object.assign(row, { state, waitingSince: APPLICANTS_TURN.has(state) ? now : null });
  if (OVER.has(state)) row.closedAt ??= now;
  row.stateSince = now;
  use.emit({ stream: use.organizationId, topic: stageTopic, kind: 'MOVED', subjectId: row.id });
  for (const { id: seatId } of await applicantsOf(use, row))
    use.emit({ stream: seatId, topic: stageTopic, kind: 'MOVED', seatId, subjectId: row.id });
}
