import type { Logger } from 'pino';
import { Counter, type Registry } from 'prom-client';
import type { TextOutboxOptions } from '../domains/accounts/index.ts';

/** Counts text messages, and logs those that were not handed over: neither phones nor texts. */
export function textObserver(registry: Registry, logger: Logger): TextOutboxOptions['observe'] {
  const messages = new Counter({
    name: 'guichet_text_messages_total',
    help: 'Text messages, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return (outcome, error) => {
    messages.labels(outcome).inc();
    if (outcome === 'failed') logger.error({ err: error }, 'a text message could not be handed over');
    if (outcome === 'dropped') logger.error('too many text messages are on their way: one was dropped');
  };
}
