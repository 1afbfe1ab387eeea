import { connect, type Socket } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import type { Notifier } from '../../sdk/index.ts';
import { bodyOf, subjectOf } from './message-text.ts';

export interface SmtpSettings {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly url: string;
  readonly from: string;
}
const PATIENCE = 10_000;
const PORTS = { plain: 587, secure: 465 } as const;

/** Mail, by the operator's own server. */
export const smtpNotifier = ({ url, from }: SmtpSettings): Notifier => ({
  name: 'EMAIL',
  description: { en: 'By mail.', 'zh-CN': '电子邮件。' },
  needs: 'email',
  send: (message, signal) =>
    inOneConnection(url, signal, (transport) =>
      transport.sendMail({
        from,
        to: { name: '', address: message.email! },
        subject: subjectOf(message),
        text: bodyOf(message),
        messageId: `<${message.id}@guichet>`,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    ),
});

/** Reaches the server and signs in, without sending anything. @throws what is in the way */
export const greetMailServer = (url: string): Promise<void> =>
  inOneConnection(url, AbortSignal.timeout(PATIENCE), (transport) => transport.verify());

/** What is done ends with its connection, also where the server goes on talking. */
async function inOneConnection(url: string, signal: AbortSignal, work: (transport: Transporter) => Promise<unknown>): Promise<void> {
  let socket: Socket | undefined;
  const giveUp = (): void => void socket?.destroy();
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
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
    await work(transport);
  } finally {
    signal.removeEventListener('abort', giveUp);
    giveUp();
  }
}
