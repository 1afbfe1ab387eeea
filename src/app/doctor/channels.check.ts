import { greetMailServer } from '../../domains/notifications/index.ts';
import type { ChannelSettings } from '../channel-settings.ts';
import { type Finding, failure, ok } from './finding.ts';

const MAIL = 'mail';
/** What a connection that fails is told by, without the address and the password in it. */
const reasonOf = (error: unknown): string => (error as { code?: string }).code ?? 'no answer';

/** Whether what notifications go out by can be reached: the mail server is greeted and signed in to; nothing is sent. */
export async function checkChannels({ smtp }: ChannelSettings): Promise<Finding[]> {
  if (!smtp) return [];
  const { host } = new URL(smtp.url);
  try {
    await greetMailServer(smtp.url);
    return [ok(MAIL, `${host} takes it`)];
  } catch (error) {
    return [failure(MAIL, `${host} does not take it (${reasonOf(error)})`, 'look at SMTP_URL, or take it away')];
  }
}
