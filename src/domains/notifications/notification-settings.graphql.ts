import { z } from 'zod';
import { textIn } from '../../sdk/core.ts';
import {
  type GuichetBuilder,
  input,
  isFor,
  notificationKinds,
  organizationData,
  refuseSuspended,
  versionConflict,
  type WordOf,
  windowSuspended,
  words,
} from '../../sdk/index.ts';
import { guardInbox } from './inbox-guard.ts';
import { notifierList } from './making.parts.ts';
import { knownMail, type SettingsNow, settingsOf, updateSettings } from './notification-settings.service.ts';
import { notification } from './permissions.ts';

const rule = notification.read;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
/** One mailbox, and no way to smuggle another or a header. */
const MAILBOX = /^(?!.*\p{Cc})[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\.]+$/u;
const NOT_A_TIME = input.fault('NOT_A_TIME', { en: 'Write a time of day as 22:00.', 'zh-CN': '请按 22:00 的格式填写时间。' });
const NOT_AN_EMAIL = input.fault('NOT_AN_EMAIL', { en: 'This is no email address.', 'zh-CN': '该电子邮箱地址无效。' });
const timeOfDay = (description: string) =>
  input.checked(
    input.text(description, { max: 5 }),
    z.string().refine((text) => TIME.test(text), NOT_A_TIME),
  );
const mailbox = (description: string) =>
  input.checked(
    input.text(description, { max: 254 }),
    z.string().refine((text) => MAILBOX.test(text), NOT_AN_EMAIL),
  );
const Digest = words('NotificationDigest', 'Whether what comes is gathered before it is sent.', {
  NONE: 'Each is sent when it comes.',
  HOURLY: 'Once an hour, in one message.',
  DAILY: 'Once a day, at 8 in the morning of the organization’s zone.',
});
const Spoken = words('NotificationLanguage', 'The language of what is sent.', { ENGLISH: 'English.', CHINESE: 'Simplified Chinese.' });
const LANGUAGES = { ENGLISH: 'en', CHINESE: 'zh-CN' } as const;
const spokenOf = (language: string): WordOf<typeof Spoken> => (language === 'en' ? 'ENGLISH' : 'CHINESE');

export function notificationSettingsTypes(builder: GuichetBuilder): void {
  builder.words(Digest);
  builder.words(Spoken);
  const Named = builder.objectRef<{ readonly name: string; readonly description: string }>('NotificationWord').implement({
    description: 'A kind of notification, or a channel, that can be chosen.',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Its word.', rule }),
      description: t.exposeString('description', { description: 'What it is, for people, in your language.', rule }),
    }),
  });
  const Choice = builder.objectRef<{ readonly kind: string; readonly channels: readonly string[] }>('NotificationChoice').implement({
    description: 'Through which channels one kind is sent.',
    fields: (t) => ({
      kind: t.exposeString('kind', { description: 'The kind; `*` for all that are not named.', rule }),
      channels: t.stringList({ description: 'Words of channels; none: only the inbox.', rule, resolve: ({ channels }) => [...channels] }),
    }),
  });
  const Settings = builder.objectRef<SettingsNow>('NotificationSettings').implement({
    description: 'How you are told beyond your inbox (spec 9.2). As long as you have chosen nothing, nothing is sent.',
    fields: (t) => ({
      version: t.exposeInt('version', { description: 'Raised by every change; 0 as long as nothing was chosen.', rule }),
      email: t.exposeString('email', {
        description: 'Where mail is to go; null for what the organization knows of you.',
        nullable: true,
        rule,
      }),
      mailGoesTo: t.string({
        description: 'Where mail goes now: `email`, or what the organization knows of you; null where nothing is known.',
        nullable: true,
        rule,
        resolve: ({ email }, _, { seat, switchboard }) =>
          email ??
          switchboard.service(organizationData).read(seat.organizationId, (transaction) => knownMail(switchboard, transaction, seat)),
      }),
      language: t.field({
        type: Spoken,
        description: 'The language of what is sent.',
        rule,
        resolve: ({ language }) => spokenOf(language),
      }),
      quietFrom: t.exposeString('quietFrom', {
        description: 'When quiet begins, as `22:00` of the organization’s zone.',
        nullable: true,
        rule,
      }),
      quietUntil: t.exposeString('quietUntil', { description: 'When it ends, perhaps the next morning.', nullable: true, rule }),
      digest: t.field({ type: Digest, description: 'Whether it is gathered.', rule, resolve: ({ digest }) => digest }),
      choices: t.field({
        type: [Choice],
        description: 'Through which channels each kind is sent.',
        rule,
        resolve: ({ choices }) => Object.entries(choices).map(([kind, channels]) => ({ kind, channels })),
      }),
      kinds: t.field({
        type: [Named],
        description: 'Kinds that can come to you.',
        rule,
        resolve: (_, __, { seat, switchboard, language }) =>
          switchboard
            .registered(notificationKinds)
            .filter((kind) => isFor(kind, seat))
            .map(({ kind, description }) => ({ name: kind, description: textIn(description, language) })),
      }),
      channels: t.field({
        type: [Named],
        description: 'Channels that this server has.',
        rule,
        resolve: (_, __, { switchboard, language }) =>
          switchboard.service(notifierList).map(({ name, description }) => ({ name, description: textIn(description, language) })),
      }),
    }),
  });
  builder.queryField('notificationSettings', (t) =>
    t.field({
      type: Settings,
      nullable: true,
      description: 'How you are told beyond your inbox.',
      rule,
      resolve: (_, __, { seat, switchboard }) => {
        refuseSuspended(seat);
        return switchboard.service(organizationData).read(seat.organizationId, (transaction) => settingsOf(transaction, seat.id));
      },
    }),
  );
  const ChoiceInput = builder.inputType('NotificationChoiceInput', {
    description: 'Through which channels one kind is to be sent.',
    fields: (t) => ({
      kind: t.text({ description: 'Word of the kind; `*` for all that are not named.', max: 60 }),
      channels: t.parsed(
        input.listOf(input.text('Word of a channel.', { max: 60 }), 'Words of channels; none: only the inbox.', { most: 10 }),
      ),
    }),
  });
  builder.useCase('updateNotificationSettings', {
    description: 'Chooses how you are told beyond your inbox. All is replaced: what is left out is as it was in the beginning.',
    rule,
    input: (t) => ({
      expectedVersion: t.integer({ description: 'The `version` that you read.' }),
      email: t.parsed(mailbox('Where mail goes; left out for what the organization knows of you.'), { required: false }),
      language: t.choice(Spoken, { description: 'The language of what is sent.' }),
      quietFrom: t.parsed(timeOfDay('When quiet begins, as `22:00`; with `quietUntil`.'), { required: false }),
      quietUntil: t.parsed(timeOfDay('When it ends, perhaps the next morning.'), { required: false }),
      digest: t.choice(Digest, { description: 'Whether it is gathered.' }),
      choices: t.listOf(ChoiceInput, { description: 'Channels by kinds.', most: 100 }),
    }),
    refusals: [versionConflict, windowSuspended],
    guard: guardInbox,
    run: async (use, { language, ...given }) => ({
      settings: await updateSettings(use, { ...given, language: LANGUAGES[language] }),
    }),
    success: (t) => ({
      settings: t.field({
        type: Settings,
        nullable: true,
        description: 'Your settings as they are now.',
        rule,
        resolve: ({ settings }) => settings,
      }),
    }),
  });
}
