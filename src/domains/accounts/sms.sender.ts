import { ConstantError } from '../../sdk/core.ts';
import type { SmsSender } from '../../sdk/index.ts';

/** Prints each message as one line. Never through a logger: logs hold no phone numbers and no codes (targets 3.10). For developing. */
export const terminalSmsSender = (output: { write(text: string): unknown } = process.stdout): SmsSender => ({
  name: 'terminal',
  send: async ({ phone, text }) => {
    output.write(`SMS to ${phone}: ${text.replaceAll(/\s+/g, ' ')}\n`);
  },
});

/** Stands in where no sender is set up, in commands that serve nobody. */
export const refusingSmsSender: SmsSender = {
  name: 'none',
  send: async () => {
    throw new ConstantError('No sender of text messages is set up: set SMS_WEBHOOK_URL, or SMS_SENDER.');
  },
};
