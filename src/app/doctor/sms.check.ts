import type { LoadedModule } from '../loaded-module.ts';
import { type Settings, SettingsError } from '../settings.ts';
import { chosenSmsSender, noSmsSender } from '../sms-sender.ts';
import { type Finding, failure, failureOf, ok } from './finding.ts';

const SUBJECT = 'text messages';

/** Whether codes can be sent. An embedded database that is a demo until there is an organization sends them to the terminal until then. */
export function checkSms(settings: Settings, modules: readonly LoadedModule[]): Finding {
  try {
    const sender = chosenSmsSender(settings, settings.demo ?? true, modules);
    if (!sender) return failureOf(SUBJECT, noSmsSender());
    return ok(SUBJECT, settings.smsSender || settings.demo ? `sent by ${sender.name}` : 'printed to the terminal while this is a demo');
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return failure(SUBJECT, error.message);
  }
}
