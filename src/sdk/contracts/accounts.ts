import type { Language } from '../../platform/language/language.ts';
import { registrationPoint } from '../../platform/write/service.ts';

/** A text message to one phone. */
export interface TextMessage {
  /** UUID, the same at each attempt to hand it over: whoever delivers it does so once. */
  readonly id: string;
  /** E.164 */
  readonly phone: string;
  /** All of it, ready to be sent. */
  readonly text: string;
  readonly language: Language;
  /** What it is about, such as `SIGN_IN_CODE`, `PHONE_CHANGE_CODE` and `SIGNING_CODE`. More words may come. */
  readonly kind: string;
  /** What the text is made of, for deliverers that have templates of their own: `code`, `minutes`, `organization` where one is meant, and `subject` where something is signed. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Sends text messages; the way out to whatever company delivers them. */
export interface SmsSender {
  /** The word by which the setting `SMS_SENDER` names it: lower case letters, digits and dashes. */
  readonly name: string;
  /**
   * Hands a message over, once. It is called when the request that asked for the message has been answered: what it throws is counted and
   * logged without what it says.
   * @param signal aborted where no more time is left, or the server stops
   * @throws where the message could not be handed over
   */
  send(message: TextMessage, signal: AbortSignal): Promise<void>;
}

/**
 * Senders that a server may be told to use: `registrations: [register(smsSenders, sender)]`. `terminal` and `webhook` are built in.
 *
 * @example
 * const carrier: SmsSender = { name: 'carrier', send: ({ phone, text }, signal) => client.deliver(phone, text, { signal }) };
 */
export const smsSenders = registrationPoint<SmsSender>('accounts.smsSenders');
