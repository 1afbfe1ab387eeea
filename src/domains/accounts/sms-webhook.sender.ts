import { createHmac } from 'node:crypto';
import { setTimeout as rest } from 'node:timers/promises';
import { ConstantError } from '../../sdk/core.ts';
import type { SmsSender, TextMessage } from '../../sdk/index.ts';

export interface SmsWebhook {
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  /** Milliseconds that one attempt has; 5,000. */
  readonly patience?: number;
  /** Milliseconds of rest after each attempt that failed but may go well another time: one attempt more than there are rests. */
  readonly rests?: readonly number[];
  now?(): Date;
}
const PATIENCE = 5_000;
const RESTS = [500, 2_000];
const TRY_AGAIN = new Set([408, 425, 429]);

/** What the webhook has not taken; `code` and `status` say how it answered, in the log too. */
class SmsWebhookError extends ConstantError {
  override readonly name = 'SmsWebhookError';
  readonly code: string;
  /** None where it has not answered. */
  readonly status: number | undefined;
  readonly isFinal: boolean;
  constructor(code: string, isFinal: boolean, { status, cause }: { status?: number; cause?: unknown }) {
    super('The SMS webhook has not taken a message.', { cause });
    this.code = code;
    this.status = status;
    this.isFinal = isFinal;
  }
}

/**
 * Hands messages over as signed JSON, to whatever stands at a URL. Its status says whether it has taken the message, and nothing else is
 * looked at: not the body, nor where it would send us instead.
 */
export function webhookSmsSender({ url, secret, patience = PATIENCE, rests = RESTS, now = () => new Date() }: SmsWebhook): SmsSender {
  const post = async (message: TextMessage, signal: AbortSignal): Promise<void> => {
    const body = JSON.stringify(bodyOf(message));
    const headers = { 'content-type': 'application/json', ...signed(secret, Math.floor(now().getTime() / 1000), body) };
    const init = {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    } as const;
    const answer = await fetch(url, init).catch((error: unknown) => {
      throw new SmsWebhookError('UNREACHABLE', false, { cause: error });
    });
    await answer.body?.cancel();
    const { ok, status } = answer;
    if (!ok) throw new SmsWebhookError(statusCode(status), status < 500 && !TRY_AGAIN.has(status), { status });
  };
  return {
    name: 'webhook',
    send: async (message, signal) => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await post(message, signal);
        } catch (error) {
          const isLast = attempt >= rests.length || signal.aborted || (error as SmsWebhookError).isFinal;
          if (isLast) throw error;
          await rest(rests[attempt], undefined, { signal });
        }
      }
    },
  };
}

const bodyOf = ({ id, phone, text, language, kind, parameters }: TextMessage) => ({ id, kind, to: phone, text, language, parameters });

/** The time is signed as well, so that what was sent once cannot be sent by another later. */
export const signed = (secret: string, seconds: number, body: string): Record<string, string> => ({
  'guichet-timestamp': String(seconds),
  'guichet-signature': `v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`,
});

const KINDS = ['', 'INFORMED', '', 'REDIRECTED', 'REFUSED', 'FAILED'];
const statusCode = (status: number): string => `${KINDS[Math.floor(status / 100)] ?? 'FAILED'}`;
