import type { Notifier, SmsSender } from '../../sdk/index.ts';
import { bodyOf, subjectOf } from './message-text.ts';
import { globalIdsOf } from './webhook.notifier.ts';

/** Says in the server's log that something came to a seat, and nothing of what: for developing. */
export const logNotifier = (log: (about: object) => void): Notifier => ({
  name: 'LOG',
  description: { en: 'Into the server’s log.', 'zh-CN': '服务器日志。' },
  send: async (message) => log({ id: message.id, seat: globalIdsOf(message).seat.id, kinds: message.lines.map(({ kind }) => kind) }),
});

/** Text messages, by the sender that codes are sent by. */
export const smsNotifier = (sender: SmsSender): Notifier => ({
  name: 'SMS',
  description: { en: 'By text message.', 'zh-CN': '短信。' },
  needs: 'phone',
  send: (message, signal) => {
    const { id, phone, language, lines, organizationName: organization } = message;
    const text = lines.length === 1 ? `${organization}: ${bodyOf({ ...message, link: null })}` : subjectOf(message);
    return sender.send({ id, phone: phone!, text, language, kind: 'NOTIFICATION', parameters: { organization, text } }, signal);
  },
});
