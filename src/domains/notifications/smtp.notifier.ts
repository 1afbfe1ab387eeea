import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Notifier } from '../../sdk/index.ts';
import { bodyOf, subjectOf } from './message-text.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}
const PATIENCE = 10_000;
const PORTS = { plain: 587, secure: 465 } as const;

/** Mail, by the operator's own server. A message is sent in one connection, which ends with it: also where the server goes on talking. */
export function smtpNotifier({ url, from }: SmtpSettings): Notifier {
  const times = { connectionTimeout: PATIENCE, greetingTimeout: PATIENCE, socketTimeout: PATIENCE };
  return {
    name: 'EMAIL',
    description: { en: 'By mail.', 'zh-CN': '电子邮件。' },
    needs: 'email',
    send: async (message, signal) => {
      let socket: Socket | undefined;
      const giveUp = (): void => void socket?.destroy();
      const transport = createTransport({
        url,
        ...times,
        // a connection of ours: closing the transport does not end one that is in use
        getSocket: ({ host, port, secure }, then) => {
          socket = connect({ host: host ?? 'localhost', port: Number(port ?? (secure ? PORTS.secure : PORTS.plain)) });
          socket.once('error', then);
          socket.once('connect', () => {
            socket!.off('error', then);
            then(null, { connection: socket! });
          });
        },
      });
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
        giveUp();
      }
    },
  };
}
