import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { DEFAULT_SIGN_IN_SETTINGS, type IdentityDoor, refusingSmsSender, type SeatNames, TextOutbox } from '../domains/accounts/index.ts';
import type { SmsSender } from '../sdk/index.ts';
import type { Pools } from './databases.ts';
import { DEMO_PHONES } from './demo/seats.ts';
import type { Settings } from './settings.ts';
import { textObserver } from './text-observer.ts';

export interface IdentityDoorOptions {
  readonly pools: Pools;
  readonly secret: Buffer;
  readonly demo: boolean;
  /** Those of the targets, where none are given. */
  readonly codeLimits: Settings['codeLimits'] | undefined;
  readonly sms: SmsSender | undefined;
  readonly names: SeatNames;
  readonly metrics: Registry;
  readonly logger: Logger;
}

/** What signing in works with (architecture 5). */
export const makeIdentityDoor = ({ pools, secret, demo, codeLimits, sms, names, metrics, logger }: IdentityDoorOptions): IdentityDoor => ({
  pool: pools.identity,
  secret,
  texts: new TextOutbox({ sender: sms ?? refusingSmsSender, observe: textObserver(metrics, logger) }),
  names,
  settings: { ...DEFAULT_SIGN_IN_SETTINGS, ...(codeLimits && settingsOf(codeLimits)), demo },
  demoPhones: new Set(DEMO_PHONES),
});

const settingsOf = ({ perPhone, perAddress }: Settings['codeLimits']) => ({ codesPerNumber: perPhone, codesPerAddress: perAddress });
