import { z } from 'zod';

export const isWebhook = (text: string): boolean => {
  const url = /^https?:/.test(text) ? URL.parse(text) : null;
  return url !== null && url.username === '' && url.password === '';
};

/** An address, or a name with one in brackets. */
const SENDER = /^(?:[^<>\p{Cc}]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/u;

/** How notifications go out beyond the inbox (spec 9.2). The descriptions are what `--help` prints. */
export const channelVariables = {
  SMTP_URL: z
    .string()
    .refine((text) => /^smtps?:/.test(text) && URL.canParse(text), 'must look like smtp://user:password@mail.example:587')
    .optional()
    .describe('mail server that notifications are sent by; without it none are sent by mail'),
  SMTP_FROM: z
    .string()
    .max(254)
    .refine((text) => SENDER.test(text), 'must hold an address, such as Guichet <no-reply@guichet.example>')
    .optional()
    .describe('sender of that mail, such as Guichet <no-reply@guichet.example>'),
  NOTIFY_WEBHOOK_URL: z
    .string()
    .refine(isWebhook, 'must look like https://notify.example/guichet, without a user and password')
    .optional()
    .describe('where notifications are handed over, as signed JSON'),
  NOTIFY_WEBHOOK_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe('signs what is handed over, at least 32 characters'),
  NOTIFY_BY: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((name) => name.trim() || []))
    .refine((list) => list.every((name) => ['SMS', 'LOG'].includes(name)), 'must be SMS, LOG, or both, separated by commas')
    .describe('further channels of notifications: SMS by the sender of codes, LOG into the log'),
  INBOX_URL: z
    .string()
    .refine((text) => /^https?:/.test(text) && URL.canParse(text), 'must look like https://app.example/inbox')
    .optional()
    .describe('page that messages lead to: it shows the inbox to who signs in there'),
};

export interface ChannelSettings {
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  /** `SMS`, `LOG`. */
  readonly others: readonly string[];
  readonly inboxUrl: string | undefined;
}
export const NO_CHANNELS: ChannelSettings = { smtp: undefined, webhook: undefined, others: [], inboxUrl: undefined };

const NEEDED_TOO = [
  ['SMTP_URL', 'SMTP_FROM'],
  ['NOTIFY_WEBHOOK_URL', 'NOTIFY_WEBHOOK_SECRET'],
] as const;
export const channelFaults = (given: Readonly<Record<string, string | undefined>>): string[] =>
  NEEDED_TOO.flatMap(([name, needed]) => (given[name] && !given[needed] ? [`${needed}: ${name} needs it`] : []));

type Given = z.infer<z.ZodObject<typeof channelVariables>>;
export function channelsOf(data: Given): ChannelSettings {
  const { SMTP_URL: smtp, SMTP_FROM: from, NOTIFY_WEBHOOK_URL: url, NOTIFY_WEBHOOK_SECRET: secret } = data;
  return {
    smtp: smtp && from ? { url: smtp, from } : undefined,
    webhook: url && secret ? { url, secret } : undefined,
    others: data.NOTIFY_BY,
    inboxUrl: data.INBOX_URL,
  };
}
