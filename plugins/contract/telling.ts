import {
  announcement,
  type Message,
  type News,
  type NotifiedSeat,
  newsKinds,
  notificationSubjects,
  refs,
  register,
  type Transaction,
  topic,
  type UseCase,
} from '@guichet/sdk';
import { type Contract, contracts, Signer, Viewer } from './contract.entity.ts';
import type { ContractState } from './contract.moves.ts';
import { standingOutside } from './contract.standing.ts';
import { Counterparty } from './counterparty.entity.ts';
import { contractMoved } from './doors.ts';

export const contractTopic = topic('CONTRACT', 'Contract');

/** What people are told of, each a kind of notification. */
const TEXTS = {
  SHARED: { en: 'A version of a contract was shared with you', 'zh-CN': '有合同版本与您共享' },
  COMMENTED: { en: 'Another party has commented on a contract', 'zh-CN': '合同其他方提出了意见' },
  APPROVED: { en: 'A contract was approved inside', 'zh-CN': '合同已通过内部审批' },
  RETURNED: { en: 'A contract came back from its review', 'zh-CN': '合同被退回修改' },
  YOUR_TURN: { en: 'A contract waits for your signature', 'zh-CN': '有合同待您签署' },
  SIGNED: { en: 'A contract was signed', 'zh-CN': '合同已有人签署' },
  DECLINED: { en: 'Somebody would not sign a contract', 'zh-CN': '有人拒绝签署合同' },
  SIGNATURES_VOID: { en: 'A contract has changed: what was signed is void', 'zh-CN': '合同内容已变更，原签署作废' },
  MORE_TIME: { en: 'There is more time to sign a contract', 'zh-CN': '合同签署期限已延长' },
  SIGNING_OVER: { en: 'The time to sign a contract is over', 'zh-CN': '合同签署期限已过' },
  VOID_ASKED: { en: 'Another party wants a contract to be void', 'zh-CN': '合同其他方申请作废合同' },
  VOIDED: { en: 'A contract is void', 'zh-CN': '合同已作废' },
  TERMINATION_ASKED: { en: 'Another party wants to end a contract', 'zh-CN': '合同其他方申请终止合同' },
  TERMINATION_AGREED: { en: 'The end of a contract is agreed', 'zh-CN': '各方已同意终止合同' },
  EXPIRING: { en: 'A contract is about to expire: give notice now, if you will', 'zh-CN': '合同即将到期，如需终止请及时通知' },
  ENDED: { en: 'A contract has ended, or goes on as agreed', 'zh-CN': '合同已到期或续期' },
  OBLIGATION_DUE: { en: 'Something that a contract asks is due soon', 'zh-CN': '合同义务即将到期' },
} as const satisfies Record<string, Message>;
export type ContractNews = keyof typeof TEXTS;
/** What those are told too who sign for the counterparty and are not it. */
const OF_SIGNING: readonly string[] = [
  ...(['YOUR_TURN', 'SIGNED', 'DECLINED', 'SIGNATURES_VOID', 'MORE_TIME', 'SIGNING_OVER', 'VOIDED'] satisfies ContractNews[]),
];
export const isOfSigning = (news: ContractNews): boolean => OF_SIGNING.includes(news);
/** What the other side is never told. */
const INSIDE: readonly string[] = ['APPROVED', 'RETURNED'] satisfies ContractNews[];

/** People are told of a contract; ids are UUIDs. */
export const contractTold = announcement<{ contractId: string } & News<ContractNews>>('contract.told');

async function numbersOf({ on }: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await on({ 'plg_contract.contracts': contracts })
    .selectFrom('plg_contract.contracts')
    .select(['id', 'number'])
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}
export const contractNotifications = [
  ...newsKinds({
    prefix: 'CONTRACT',
    on: contractTold,
    about: { type: 'Contract', id: ({ contractId }) => contractId },
    texts: TEXTS,
    outside: (Object.keys(TEXTS) as ContractNews[]).filter((news) => !INSIDE.includes(news)),
  }),
  register(notificationSubjects, { type: 'Contract', names: numbersOf }),
];

/** The contract's row as it is loaded. */
export type ContractRow = InstanceType<typeof Contract.class>;
const employee = (id: string): NotifiedSeat => ({ id, kind: 'EMPLOYEE' });
const contact = (id: string): NotifiedSeat => ({ id, kind: 'CONTACT' });

/**
 * Whom a contract concerns: who drafted it, and of this round all who sign; outside its counterparties and who looks on for them, once something
 * is shared with them.
 * @param withSigners whether those who sign for a counterparty are among them: what is spoken about between the sides is none of theirs
 */
export async function concerned(use: UseCase, row: ContractRow, withSigners: boolean): Promise<NotifiedSeat[]> {
  const signers = await use.em.find(Signer, { contractId: row.id, round: row.round });
  const inside = [row.drafterId, ...signers.filter(({ side }) => side === 'OWN').map(({ seatId }) => seatId)];
  const countersigners = signers.filter(({ side }) => side === 'COUNTERPARTY' && withSigners).map(({ seatId }) => seatId);
  const outside = row.sharedAt ? [...(await outsideOf(use, row)), ...countersigners.map(contact)] : [];
  return [...[...new Set(inside)].map(employee), ...new Map(outside.map((one) => [one.id, one])).values()];
}
export const drafterOf = (row: ContractRow): NotifiedSeat[] => [employee(row.drafterId)];
/** The counterparties beside the first, in their order. */
export const counterpartiesOf = (use: UseCase, contractId: string) =>
  use.em.find(Counterparty, { contractId }, { orderBy: { position: 'asc' } });
/** All counterparties. */
export const sidesOf = async (use: UseCase, { id, contactId }: ContractRow): Promise<NotifiedSeat[]> =>
  [contactId, ...(await counterpartiesOf(use, id)).map((one) => one.contactId)].map(contact);
/** Whoever answers for the other parties: who drafted it, and the counterparties. */
export const othersOf = async (use: UseCase, row: ContractRow): Promise<NotifiedSeat[]> =>
  use.seat.kind === 'CONTACT'
    ? [...drafterOf(row), ...(await sidesOf(use, row)).filter(({ id }) => id !== use.seat.id)]
    : sidesOf(use, row);
/** The counterparties, and who looks on for them. */
export async function outsideOf(use: UseCase, row: ContractRow): Promise<NotifiedSeat[]> {
  return [...(await sidesOf(use, row)), ...(await viewersOf(use, row))];
}
/** Those alone of the company of the counterparty for whom they look on: who has gone to another one since is told nothing. */
async function viewersOf(use: UseCase, { id, contactId }: ContractRow): Promise<NotifiedSeat[]> {
  const rows = await use
    .on(Viewer, Counterparty, refs.Contact)
    .selectFrom('plg_contract.viewers as viewer')
    .innerJoin('contacts as of', 'of.id', 'viewer.contact_id')
    .innerJoin('contacts as side', 'side.company_id', 'of.company_id')
    .leftJoin('plg_contract.counterparties as further', 'further.id', 'viewer.counterparty_id')
    .select('of.id')
    .where('viewer.contract_id', '=', id)
    .where((is) =>
      is.or([
        is.and([is('viewer.counterparty_id', 'is', null), is('side.id', '=', contactId)]),
        is('side.id', '=', is.ref('further.contact_id')),
      ]),
    )
    .where('of.deleted_at', 'is', null)
    .orderBy('viewer.since')
    .execute();
  return rows.map((one) => contact(one.id));
}
export const seatOf = ({ side, seatId }: { readonly side: 'OWN' | 'COUNTERPARTY'; readonly seatId: string }): NotifiedSeat =>
  side === 'OWN' ? employee(seatId) : contact(seatId);

/** What followers are told: nothing that only one side may know. */
export type ContractEvent = 'MOVED' | 'VERSION_SHARED' | 'COMMENTED' | 'SIGNER_CHANGED';
/** Tells whoever follows: the staff, and of what was shared the counterparty; who signs for it, of where it stands. */
export async function follow(use: UseCase, row: ContractRow, kind: ContractEvent): Promise<void> {
  followInside(use, row, kind);
  const isMove = kind === 'MOVED' || kind === 'SIGNER_CHANGED';
  for (const { id, kind: of } of await concerned(use, row, isMove))
    if (of === 'CONTACT') use.emit({ stream: id, topic: contractTopic, kind, seatId: id, subjectId: row.id });
  if (isMove) await use.announce(contractMoved({ contractId: row.id, state: row.state }));
}
/** The same of a move: those outside are told where it stands elsewhere for them, and not how often it was thought over inside. */
export async function followMove(use: UseCase, row: ContractRow, from: ContractState): Promise<void> {
  if (standingOutside(from) !== standingOutside(row.state)) return follow(use, row, 'MOVED');
  followInside(use, row, 'MOVED');
  await use.announce(contractMoved({ contractId: row.id, state: row.state }));
}
const followInside = (use: UseCase, { id }: ContractRow, kind: ContractEvent): void =>
  use.emit({ stream: use.organizationId, topic: contractTopic, kind, subjectId: id });

/** Notifies people of a contract. */
export const notify = (use: UseCase, row: ContractRow, news: ContractNews, seats: readonly NotifiedSeat[]): Promise<void> =>
  use.announce(contractTold({ contractId: row.id, news, seats }));
