import { createTransport } from 'nodemailer';
import type { Notifier } from '../../sdk/index.ts';
import { bodyOf, subjectOf } from './message-text.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}
const PATIENCE = 10_000;

/** Mail, by the operator's own server. A message is sent in one connection: what hangs is given up with it. */
export function smtpNotifier({ url, from }: SmtpSettings): Notifier {
  const times = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };
  return {
    name: 'EMAIL',
    description: { en: 'By mail.', 'zh-CN': '电子邮件。' },
    needs: 'email',
    send: async (message, signal) => {
      const transport = createTransport({ url, ...times });
      const giveUp = (): void => transport.close();
      signal.addEventListener('abort', giveUp, { once: true });
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: message.email! },
          subject: subjectOf(message),
          text: bodyOf(message),
          messageId: `<${message.id}@guichet>`,
          disableFileAccess: true,
          disableUrlAccess: true,
        });
      } finally {
        signal.removeEventListener('abort', giveUp);
        transport.close();
      }
    },
  };
}
