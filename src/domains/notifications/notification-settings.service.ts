import { transactionOf } from '../../sdk/core.ts';
import {
  type FieldContext,
  invalid,
  isFor,
  type NotifiedSeat,
  notificationKinds,
  notifiedAddresses,
  type Transaction,
  type UseCase,
  versionConflict,
} from '../../sdk/index.ts';
import { NotificationSettings, notificationSettings } from './delivery.entity.ts';
import { ANY_KIND, type Choices } from './delivery-planning.service.ts';
import { notifierList } from './making.parts.ts';

export interface SettingsNow {
  readonly version: number;
  readonly email: string | null;
  readonly language: 'en' | 'zh-CN';
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  readonly digest: 'NONE' | 'HOURLY' | 'DAILY';
  readonly choices: Readonly<Record<string, readonly string[]>>;
}
export interface SettingsGiven {
  readonly expectedVersion: number;
  readonly email?: string;
  readonly language: SettingsNow['language'];
  readonly quietFrom?: string;
  readonly quietUntil?: string;
  readonly digest: SettingsNow['digest'];
  readonly choices: readonly { readonly kind: string; readonly channels: readonly string[] }[];
}
const UNCHOSEN: SettingsNow = {
  version: 0,
  email: null,
  language: 'zh-CN',
  quietFrom: null,
  quietUntil: null,
  digest: 'NONE',
  choices: {},
};

export async function settingsOf({ on }: Pick<Transaction, 'on'>, seatId: string): Promise<SettingsNow> {
  const row = await on({ notification_settings: notificationSettings })
    .selectFrom('notification_settings')
    .select(['version', 'email', 'language', 'quiet_from', 'quiet_until', 'digest', 'choices'])
    .where('seat_id', '=', seatId)
    .executeTakeFirst();
  if (!row) return UNCHOSEN;
  const { quiet_from: quietFrom, quiet_until: quietUntil, ...rest } = row;
  return { ...rest, quietFrom, quietUntil } as SettingsNow;
}

/** @throws VersionConflict, ValidationFailed */
export async function updateSettings(use: UseCase, given: SettingsGiven): Promise<SettingsNow> {
  await use.takeTurn(`notifications.settings:${use.seat.id}`);
  const found = await use.em.findOne(NotificationSettings, { seatId: use.seat.id });
  const version = found?.version ?? 0;
  if (version !== given.expectedVersion) throw versionConflict({}, ['input', 'expectedVersion']);
  checkTimes(given);
  const choices = choicesOf(use, given.choices);
  await checkReach(use, given.email, choices);
  const next = {
    email: given.email ?? null,
    language: given.language,
    quietFrom: given.quietFrom ?? null,
    quietUntil: given.quietUntil ?? null,
    digest: given.digest,
    choices,
  };
  const kept = found
    ? use.em.assign(found, next)
    : use.em.create(NotificationSettings, { seatId: use.seat.id, seatKind: use.seat.kind, ...next });
  await use.em.flush();
  return { version: kept.version, ...next };
}

function checkTimes({ quietFrom, quietUntil }: SettingsGiven): void {
  if ((quietFrom === undefined) !== (quietUntil === undefined))
    throw invalid(['input', quietFrom === undefined ? 'quietFrom' : 'quietUntil'], 'BOTH_TIMES', {
      en: 'Quiet hours have a beginning and an end.',
      'zh-CN': '免打扰时段须有开始和结束时间。',
    });
  if (quietFrom !== undefined && quietFrom === quietUntil)
    throw invalid(['input', 'quietUntil'], 'NO_TIME_BETWEEN', {
      en: 'Quiet hours that end when they begin are none: leave both out.',
      'zh-CN': '免打扰的开始与结束时间相同；如无需免打扰，请都不填写。',
    });
}

/** Mail of a seat as the organization knows it. */
export async function knownMail(
  switchboard: Pick<FieldContext['switchboard'], 'registered'>,
  transaction: Transaction,
  { id, kind }: Pick<NotifiedSeat, 'id' | 'kind'>,
): Promise<string | null> {
  const known = switchboard.registered(notifiedAddresses).find((one) => one.kind === kind);
  return (await known?.find(transaction, [id]))?.get(id)?.email ?? null;
}

/** What is chosen is sent: a channel that could not reach the seat would be silent for ever. */
async function checkReach(use: UseCase, email: string | undefined, choices: Choices): Promise<void> {
  const chosen = new Set(Object.values(choices).flat());
  const needsMail = use.service(notifierList).some(({ name, needs }) => needs === 'email' && chosen.has(name));
  if (!needsMail || email !== undefined || (await knownMail(use, transactionOf(use), use.seat))) return;
  throw invalid(['input', 'email'], 'NO_EMAIL', {
    en: 'Say where mail is to go: the organization knows no address of yours.',
    'zh-CN': '请填写接收邮箱：企业未登记您的邮箱地址。',
  });
}

function choicesOf(use: UseCase, choices: SettingsGiven['choices']): Record<string, readonly string[]> {
  const own = use.registered(notificationKinds).filter((kind) => isFor(kind, use.seat));
  const kinds = new Set([ANY_KIND, ...own.map(({ kind }) => kind)]);
  const channels = new Set(use.service(notifierList).map(({ name }) => name));
  for (const [at, choice] of choices.entries()) {
    if (!kinds.has(choice.kind) || choices.findIndex(({ kind }) => kind === choice.kind) !== at)
      throw invalid(['input', 'choices', String(at), 'kind'], 'UNKNOWN_KIND', {
        en: 'There is no such kind of notification, or it is named twice.',
        'zh-CN': '没有该类通知，或重复指定。',
      });
    const unknown = choice.channels.findIndex((name) => !channels.has(name));
    if (unknown >= 0)
      throw invalid(['input', 'choices', String(at), 'channels', String(unknown)], 'UNKNOWN_CHANNEL', {
        en: 'This server has no such channel.',
        'zh-CN': '本服务器没有该通知渠道。',
      });
  }
  return Object.fromEntries(choices.map(({ kind, channels: chosen }) => [kind, [...new Set(chosen)]]));
}
