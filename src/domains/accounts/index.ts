export { countRequest, type RequestLimit } from './code-limit.service.ts';
export { forgetExpired } from './housekeeping.service.ts';
export {
  DEFAULT_SIGN_IN_SETTINGS,
  type IdentityDoor,
  identityDoor,
  type PhoneTelling,
  phoneTelling,
  type SeatEntry,
  type SeatNames,
  type SignInSettings,
  seatNames,
} from './identity.door.ts';
export { accounts } from './module.ts';
export { endSessions } from './own-session.service.ts';
export { type PhoneProof, phoneOfSession, sendProofCode, tryProofCode } from './phone-proof.service.ts';
export { tellOrganizations } from './phone-telling.service.ts';
export { organizationsWithSeats, type SeatIndex, type SeatIndexUse, seatIndex } from './seat-index.service.ts';
export { serverSecret } from './server-secret.service.ts';
export { type Authenticated, authenticate, type OpenedSession, openSessions, sessionOf, sessionsEndedSince } from './session.service.ts';
export { NoSeatError, signInAs } from './sign-in.service.ts';
export { callerOf, DEMO_CODE } from './sign-in-code.rules.ts';
export { joinCodeText, proofCodeText, senderName } from './sign-in-text.rules.ts';
export { type AskedSigning, sendSigningCode, trySigningCode } from './signing-code.service.ts';
export { refusingSmsSender, terminalSmsSender } from './sms.sender.ts';
export { type SmsWebhook, signed, webhookSmsSender } from './sms-webhook.sender.ts';
export { TextOutbox, type TextOutboxOptions, type TextOutcome } from './text-outbox.ts';
