import {
  contactTagged,
  defineModule,
  type NotifiedSeat,
  type Notifier,
  notificationKind,
  notificationKinds,
  notifiers,
  type OutgoingNotification,
  register,
} from '@guichet/sdk';

// Tells somebody of every tag, by kinds and channels of which some fail.

/** Whom it tells, and what its working channel was given: set and read by the test. */
export const pecker: { listener: NotifiedSeat | undefined; posted: OutgoingNotification[]; paged: number } = {
  listener: undefined,
  posted: [],
  paged: 0,
};
const description = { en: 'A tag was given or taken.', 'zh-CN': '标签变更。' };
const told = () => (pecker.listener ? [pecker.listener] : []);
const kind = (word: string, to: () => readonly NotifiedSeat[], text: () => string) =>
  register(
    notificationKinds,
    notificationKind({
      kind: word,
      description,
      on: contactTagged,
      for: ['EMPLOYEE', 'CONTACT'],
      to,
      text: () => ({ en: text(), 'zh-CN': text() }),
    }),
  );
const fail = (): never => {
  throw new Error('It is broken.');
};
const channel = (name: string, send: Notifier['send']) => register(notifiers, { name, description, send });

export const peckerPlugin = defineModule({
  name: 'pecker',
  version: '0.1.0',
  description: 'Kinds of notification and channels of which some fail.',
  guichet: '^0.1.0',
  needs: ['contacts', 'notifications'],
  registrations: [
    kind('PECKER_BROKEN', fail, () => 'Never.'),
    kind('PECKER_MUTE', told, fail),
    kind('PECKER_SOUND', told, () => 'A tag.'),
    channel('PECKER_PAGER', () => {
      pecker.paged++;
      return fail();
    }),
    channel('PECKER_POST', async (message) => void pecker.posted.push(message)),
  ],
});
