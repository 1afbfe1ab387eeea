import { ConstantError } from '../../platform/log/constant.error.ts';

/** Sends text messages; the way out to whatever company delivers them. */
export interface SmsSender {
  /** @param phone E.164. @throws where the message could not be handed over. */
  send(phone: string, text: string): Promise<void>;
}

/** Prints each message as one line. Never through a logger: logs hold no phone numbers and no codes (targets 3.10). For the demo only. */
export const terminalSmsSender = (output: { write(text: string): unknown } = process.stdout): SmsSender => ({
  send: async (phone, text) => {
    output.write(`SMS to ${phone}: ${text.replaceAll(/\s+/g, ' ')}\n`);
  },
});

/** Stands in where no sender is set up: nobody can sign in by code, and whoever tries sees why in the server's log. */
export const refusingSmsSender: SmsSender = {
  send: async () => {
    throw new ConstantError('No SmsSender is set up, so codes for signing in cannot be sent. Set one up, or start a demo (DEMO=1).');
  },
};

/** The sender that was set up, else the terminal in a demo, else one that refuses. */
export const chooseSmsSender = (configured: SmsSender | undefined, demo: boolean): SmsSender =>
  configured ?? (demo ? terminalSmsSender() : refusingSmsSender);
