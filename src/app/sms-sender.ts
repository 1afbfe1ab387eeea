import { terminalSmsSender, webhookSmsSender } from '../domains/accounts/index.ts';
import { type SmsSender, smsSenders } from '../sdk/index.ts';
import type { LoadedModule } from './loaded-module.ts';
import { type Settings, SettingsError } from './settings.ts';

type Chosen = Pick<Settings, 'smsSender' | 'smsWebhook'>;

/** Senders that modules bring. */
export const sendersOf = (modules: readonly LoadedModule[]): SmsSender[] =>
  modules.flatMap(({ registrations = [] }) =>
    registrations.flatMap(({ point, entry }) => (point === smsSenders ? [entry as SmsSender] : [])),
  );

/**
 * The sender that the operator has chosen, in a demo the terminal.
 * @returns undefined where none is set up
 * @throws SettingsError where there is none of that name
 */
export function chosenSmsSender({ smsSender, smsWebhook }: Chosen, demo: boolean, modules: readonly LoadedModule[]): SmsSender | undefined {
  const name = smsSender ?? (demo ? 'terminal' : undefined);
  if (name === undefined) return undefined;
  if (name === 'terminal') return terminalSmsSender();
  if (name === 'webhook' && smsWebhook) return webhookSmsSender(smsWebhook);
  const brought = sendersOf(modules);
  const found = brought.find((sender) => sender.name === name);
  if (!found)
    throw new SettingsError(
      `SMS_SENDER: there is no sender ${name}; there are ${['terminal', 'webhook', ...brought.map((one) => one.name)].join(', ')}.`,
    );
  return found;
}

/** For a server that would let nobody in. */
export const noSmsSender = (): SettingsError =>
  new SettingsError(
    'SMS_SENDER: nobody could sign in, because no sender of text messages is set up. Set SMS_WEBHOOK_URL and SMS_WEBHOOK_SECRET, name a plugin’s in SMS_SENDER, or, for developing, SMS_SENDER=terminal.',
  );
