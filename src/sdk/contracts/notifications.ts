import type { Transaction } from '../../platform/database/transaction.ts';
import type { Language, Message } from '../../platform/language/language.ts';
import type { Role } from '../../platform/permissions/rule.ts';
import type { Announcement } from '../../platform/write/announcement.ts';
import { type Registration, register, registrationPoint } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

/** The employee whom a notification is for; a contact toward its own bears EXTERNAL. */
export const NOTIFIED: Role = { name: 'NOTIFIED', bearer: 'EMPLOYEE', description: 'The employee whom the notification is for.' };

/** A seat that is told. */
export interface NotifiedSeat<Kind extends 'EMPLOYEE' | 'CONTACT' = 'EMPLOYEE' | 'CONTACT'> {
  /** UUID of the employee or contact. */
  readonly id: string;
  readonly kind: Kind;
}
/** Facts that a notification keeps for its text: nothing that a rule guards, since they are shown for as long as it is there. */
export type NotifiedFacts = Readonly<Record<string, string | number | boolean | null>>;
/** What a text is made of. */
export interface Told {
  /** How many it stands for: a burst of one kind is told as one. */
  readonly count: number;
  /** What the object is called; undefined where there is none, several, or the seat can no longer come to it. */
  readonly subject: string | undefined;
  readonly facts: NotifiedFacts;
}

/** A payload as it is kept until the commit: moments are texts. */
export type Noticed<Payload> = { readonly [Name in keyof Payload]: Payload[Name] extends Date | null ? string | null : Payload[Name] };

/**
 * A kind of notification. It is made from an announcement, after its commit and apart from it: what fails here undoes nothing there.
 *
 * @example
 * registrations: [
 *   register(
 *     notificationKinds,
 *     notificationKind({
 *       kind: 'LENDING_OVERDUE',
 *       description: 'A tool that you lent out is overdue.',
 *       on: loanOverdue,
 *       about: { type: 'Loan', id: ({ loanId }) => loanId },
 *       to: (_, { keeperId }) => [{ id: keeperId, kind: 'EMPLOYEE' }],
 *       text: ({ subject, count }) => ({ en: count > 1 ? `${count} loans are overdue.` : `${subject ?? 'A loan'} is overdue.`, 'zh-CN': … }),
 *     }),
 *   ),
 * ]
 */
export interface NotificationKind<Payload = never, Thing = Noticed<Payload>, Kind extends NotifiedSeat['kind'] = NotifiedSeat['kind']> {
  /** In capitals; a plugin's with its prefix. */
  readonly kind: string;
  /** For whoever chooses what to be told of and how. */
  readonly description: Message;
  readonly on: Announcement<Payload>;
  /** Kinds of seats that it can go to; employees alone by default. Others are never told of it, nor that there is such a kind. */
  readonly for?: readonly Kind[];
  /** The things to be told of in one announcement; none where there is nothing to tell. By default the announcement itself. */
  each?(payload: Noticed<Payload>): readonly Thing[];
  /** The object that it is about: of a type that is registered among `notificationSubjects`. Whoever cannot come to it is not told. */
  readonly about?: { readonly type: string; id(thing: NoInfer<Thing>): string };
  /** Whom it is for, when it is made; whoever did it is left out. Nobody: nothing is told. */
  to(use: UseCase, thing: NoInfer<Thing>): readonly NotifiedSeat<NoInfer<Kind>>[] | Promise<readonly NotifiedSeat<NoInfer<Kind>>[]>;
  facts?(thing: NoInfer<Thing>): NotifiedFacts;
  /** What it says. It is made when it is read, in the language of whoever reads. */
  text(told: Told): Message;
}
/** Whether a kind of notification can go to seats of a kind. */
export const isFor = (kind: Pick<AnyNotificationKind, 'for'>, seat: Pick<NotifiedSeat, 'kind'>): boolean =>
  (kind.for ?? ['EMPLOYEE']).includes(seat.kind);
/** A kind whose payload is known to its module alone. */
export type AnyNotificationKind = NotificationKind<never, never>;
/** Kinds of notification: `registrations: [register(notificationKinds, notificationKind({ … }))]`. One module alone can register a word. */
export const notificationKinds = registrationPoint<AnyNotificationKind>('notifications.kinds');
/** Declares a kind of notification; whom it goes to is held against `for`. */
export const notificationKind = <Payload, Thing = Noticed<Payload>, const Kind extends NotifiedSeat['kind'] = 'EMPLOYEE'>(
  kind: NotificationKind<Payload, Thing, Kind>,
): AnyNotificationKind => kind as unknown as AnyNotificationKind;

/** What one announcement tells of some object, by a word, and whom. */
export interface News<Word extends string = string> {
  readonly news: Word;
  readonly seats: readonly NotifiedSeat[];
}
/**
 * A kind of notification for each piece of news that one announcement tells of: its sentence, with what the object is called, or how many.
 *
 * @param texts sentences without their full stop, by the words of the news
 * @example
 * const NEWS = { OVERDUE: { en: 'A loan is overdue', 'zh-CN': '有借用逾期' } } as const satisfies Record<string, Message>;
 * const loanTold = announcement<{ loanId: string } & News<keyof typeof NEWS>>('lending.told');
 * registrations: newsKinds({ prefix: 'LENDING', on: loanTold, about: { type: 'Loan', id: ({ loanId }) => loanId }, texts: NEWS, outside: [] });
 */
export const newsKinds = <Word extends string, Payload extends News<Word>>({
  prefix,
  on,
  about,
  texts,
  outside,
}: {
  /** The kinds are called `PREFIX_WORD`. */
  readonly prefix: string;
  readonly on: Announcement<Payload>;
  readonly about: { readonly type: string; id(told: Noticed<Payload>): string };
  readonly texts: Readonly<Record<Word, Message>>;
  /** What contacts are told as well; of the rest they do not know that there is such a kind. */
  readonly outside: readonly NoInfer<Word>[];
}): Registration[] =>
  Object.entries<Message>(texts).map(([news, { en, 'zh-CN': zh }]) =>
    register(
      notificationKinds,
      notificationKind<Payload, Noticed<Payload>, NotifiedSeat['kind']>({
        kind: `${prefix}_${news}`,
        description: { en: `${en}.`, 'zh-CN': `${zh}。` },
        for: outside.includes(news as Word) ? ['EMPLOYEE', 'CONTACT'] : ['EMPLOYEE'],
        on,
        each: (told) => (told.news === news ? [told] : []),
        about,
        to: (_, { seats }) => seats as readonly NotifiedSeat[],
        text: ({ count, subject }) => {
          if (count > 1) return { en: `${en} (${count}).`, 'zh-CN': `${zh}（${count} 项）。` };
          return subject ? { en: `${en}: ${subject}.`, 'zh-CN': `${zh}：${subject}。` } : { en: `${en}.`, 'zh-CN': `${zh}。` };
        },
      }),
    ),
  );

/** What an inbox's own acts wait for, as a module above it knows. */
export interface InboxGuard {
  /** Asks in the act's own transaction, before anything is locked. @throws a refusal that these acts declare: WindowSuspended */
  guard(use: UseCase): Promise<void>;
}
/** Called before a seat reads off its inbox or chooses how it is told: `registrations: [register(inboxGuards, { guard: restWhileSuspended })]`. */
export const inboxGuards = registrationPoint<InboxGuard>('notifications.guards');

/**
 * A type that notifications can be about: beside it, the module leads from a notification to its rows.
 *
 * @example
 * builder.entityFields(types.Notification, (t) => ({
 *   lendingLoan: t.one(Loan, { on: (of, loan) => sql`${loan.id} = ${of.subject_id}`, description: 'The loan that it is about.', rule }),
 * }));
 */
export interface NotificationSubject {
  /** GraphQL type of the rows; that of the interface where there are kinds. */
  readonly type: string;
  /**
   * What rows are called in texts: only what everybody may read who can come to them.
   * @param ids UUIDs. @returns names by ids
   */
  names?(transaction: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
}
/** Types that notifications can be about. */
export const notificationSubjects = registrationPoint<NotificationSubject>('notifications.subjects');

/** What a channel takes outside: everything that has come to one seat and was due at once. */
export interface OutgoingNotification {
  /** UUID, the same at each attempt: what was handed over may come once more, and whoever delivers it tells by this. */
  readonly id: string;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly seat: NotifiedSeat;
  /** Where the seat is reached: what it needs of that, the notifier says itself. */
  readonly email: string | null;
  /** E.164 */
  readonly phone: string | null;
  readonly language: Language;
  /** Oldest first. `id` is the notification’s global id. Texts are made under the rights of the moment of sending. */
  readonly lines: readonly { readonly id: string; readonly kind: string; readonly text: string; readonly at: Date }[];
  /** Leads to the inbox, where a person signs in. It decides nothing. */
  readonly link: string | null;
}
/** A channel beyond the inbox. At least once: where a server dies between handing over and noting it, it is handed over again. */
export interface Notifier {
  /** The word that seats choose it by: in capitals; a plugin's with its prefix. */
  readonly name: string;
  readonly description: Message;
  /** What of a seat it cannot do without; a seat that has none is not sent anything. */
  readonly needs?: 'email' | 'phone';
  /** @param signal aborted where no more time is left. @throws where it was not taken: it is tried again, later each time */
  send(message: OutgoingNotification, signal: AbortSignal): Promise<void>;
}
/**
 * Channels beyond those built in: `registrations: [register(notifiers, notifier)]`.
 *
 * @example
 * const pager: Notifier = { name: 'LENDING_PAGER', description: …, needs: 'phone', send: ({ phone, lines }, signal) => page(phone, lines, { signal }) };
 */
export const notifiers = registrationPoint<Notifier>('notifications.notifiers');

/** Where seats of a kind are reached; the module that keeps them says it. */
export interface NotifiedAddresses {
  readonly kind: NotifiedSeat['kind'];
  /** @param ids UUIDs of seats. */
  find(
    transaction: Transaction,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly phone: string; readonly email: string | null }>>;
}
/** Where modules say how seats are reached beyond the inbox. */
export const notifiedAddresses = registrationPoint<NotifiedAddresses>('notifications.addresses');
