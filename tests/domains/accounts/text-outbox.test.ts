import { describe, expect, it } from 'vitest';
import { TextOutbox, type TextOutcome } from '../../../src/domains/accounts/index.ts';
import { signInText } from '../../../src/domains/accounts/sign-in-text.rules.ts';
import type { SmsSender, TextMessage } from '../../../src/sdk/index.ts';

const compose = async () => signInText({ phone: '+8613800000001', code: '123456', minutes: 5, language: 'en', organization: undefined });

function outboxOf(send: SmsSender['send'], patience?: number) {
  const outcomes: TextOutcome[] = [];
  const errors: unknown[] = [];
  const observe = (outcome: TextOutcome, error?: unknown) => {
    outcomes.push(outcome);
    if (error) errors.push(error);
  };
  return { outbox: new TextOutbox({ sender: { name: 'kept', send }, patience, observe }), outcomes, errors };
}
const hangs = (): Promise<never> => new Promise(() => {});

describe('text messages on their way', () => {
  it('are waited for by nobody who asks for one', async () => {
    const released = Promise.withResolvers<void>();
    const { outbox, outcomes } = outboxOf(() => released.promise);
    outbox.post(compose);
    expect(outcomes).toEqual([]);
    released.resolve();
    await outbox.settled();
    expect(outcomes).toEqual(['sent']);
  });

  it('are ten at once, in their order', async () => {
    let now = 0;
    let most = 0;
    const sent: TextMessage[] = [];
    const { outbox } = outboxOf(async (message) => {
      most = Math.max(most, ++now);
      await Promise.resolve();
      sent.push(message);
      now -= 1;
    });
    for (let i = 0; i < 50; i++) outbox.post(async () => ({ ...(await compose()), id: String(i) }));
    await outbox.settled();
    expect(most).toBeLessThanOrEqual(10);
    expect(sent.map(({ id }) => Number(id)).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('are told where they fail, in what they say or in the sending, and the next goes out', async () => {
    let attempts = 0;
    const { outbox, outcomes, errors } = outboxOf(async () => {
      if (++attempts === 1) throw new Error('away');
    });
    outbox.post(compose);
    outbox.post(() => Promise.reject(new Error('unknown')));
    outbox.post(compose);
    await outbox.settled();
    expect([...outcomes].sort()).toEqual(['failed', 'failed', 'sent']);
    expect(errors).toHaveLength(2);
  });

  it('are given up by a sender that never answers, whether it looks at the signal or not', async () => {
    const { outbox, outcomes } = outboxOf(hangs, 50);
    outbox.post(compose);
    await outbox.settled();
    expect(outcomes).toEqual(['failed']);
  });

  it('are dropped where a thousand wait, and not one before', async () => {
    const { outbox, outcomes } = outboxOf(hangs);
    for (let i = 0; i < 1_010; i++) outbox.post(compose);
    expect(outcomes).toEqual([]);
    outbox.post(compose);
    expect(outcomes).toEqual(['dropped']);
    await outbox.close(0);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(1_010);
  });

  it('go out before the server stops, and no more after it', async () => {
    const { outbox, outcomes } = outboxOf(async () => undefined);
    outbox.post(compose);
    await outbox.close(60_000);
    outbox.post(compose);
    expect(outcomes).toEqual(['sent', 'dropped']);
  });
});
