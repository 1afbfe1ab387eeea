import { ConstantError } from '../../sdk/core.ts';
import { encodeGlobalId, type Notifier, type OutgoingNotification } from '../../sdk/index.ts';
import { signed } from '../accounts/index.ts';

export interface NotifyWebhook {
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  now?(): Date;
}

/**
 * Hands messages over as signed JSON, to whatever stands at a URL. Its status says whether it has taken the message, and nothing else is
 * looked at: not the body, nor where it would send us instead.
 */
export function webhookNotifier({ url, secret, now = () => new Date() }: NotifyWebhook): Notifier {
  return {
    name: 'WEBHOOK',
    description: { en: 'Through the organization’s own systems.', 'zh-CN': '企业自有系统。' },
    send: async (message, signal) => {
      const body = JSON.stringify(asSent(message));
      const headers = { 'content-type': 'application/json', ...signed(secret, Math.floor(now().getTime() / 1000), body) };
      const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
      await answer.body?.cancel();
      if (!answer.ok) throw Object.assign(new ConstantError('The webhook has not taken a notification.'), { status: answer.status });
    },
  };
}

const TYPES = { EMPLOYEE: 'Employee', CONTACT: 'Contact' } as const;
/** Global ids of a message's seat and organization, as the API and the lines have them. */
export const globalIdsOf = ({ organizationId, seat }: OutgoingNotification) => ({
  organizationId: encodeGlobalId('Organization', organizationId),
  seat: { ...seat, id: encodeGlobalId(TYPES[seat.kind], seat.id) },
});
const asSent = (message: OutgoingNotification): object => ({ ...message, ...globalIdsOf(message) });
