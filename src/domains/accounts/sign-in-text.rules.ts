import { randomUUID } from 'node:crypto';
import type { Language, TextMessage } from '../../sdk/index.ts';

/** What a code is for. */
type CodeKind = 'SIGN_IN_CODE' | 'PHONE_CHANGE_CODE' | 'JOIN_CODE' | 'PROOF_CODE';

export interface CodeText {
  /** E.164 */
  readonly phone: string;
  readonly code: string;
  readonly minutes: number;
  readonly language: Language;
  /** Where the phone has a seat in this one alone. */
  readonly organization: string | undefined;
}

/** Characters of an organization's name: a message of 70 Chinese characters is one, of more it is two. */
const MOST_CHARACTERS = 20;
const PRODUCT = 'Guichet';
const TEXT: Readonly<Record<CodeKind, Readonly<Record<Language, (code: string, minutes: number, from: string) => string>>>> = {
  SIGN_IN_CODE: {
    en: (code, minutes, from) => `${code} is your sign-in code for ${from}. It is good for ${minutes} minutes; give it to nobody.`,
    'zh-CN': (code, minutes, from) => `【${from}】登录验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
  },
  PHONE_CHANGE_CODE: {
    en: (code, minutes, from) => `${code} makes this your number at ${from}. It is good for ${minutes} minutes; give it to nobody.`,
    'zh-CN': (code, minutes, from) => `【${from}】更换手机号验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
  },
  JOIN_CODE: {
    en: (code, minutes, from) => `${code} proves your number to ${from}. It is good for ${minutes} minutes; give it to nobody.`,
    'zh-CN': (code, minutes, from) => `【${from}】加入申请验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
  },
  PROOF_CODE: {
    en: (code, minutes, from) => `${code} proves your number to ${from}. It is good for ${minutes} minutes; give it to nobody.`,
    'zh-CN': (code, minutes, from) => `【${from}】手机号验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
  },
};

/** What the holder of a phone is told. Whoever asked for the code is told nothing of it, so it may name the organization. */
export const signInText = (said: CodeText): TextMessage => codeText('SIGN_IN_CODE', said);
/** To whoever applies at an organization's window. */
export const joinCodeText = (said: CodeText): TextMessage => codeText('JOIN_CODE', said);
/** To whoever is asked for a number without a seat. */
export const proofCodeText = (said: CodeText): TextMessage => codeText('PROOF_CODE', said);
export const phoneChangeText = (said: CodeText): TextMessage => codeText('PHONE_CHANGE_CODE', said);

/** To whoever is about to sign. @param name what is signed, as people call it */
export function signingText({ phone, code, minutes, language, organization, name }: CodeText & { readonly name: string }): TextMessage {
  const from = organization === undefined ? PRODUCT : senderName(organization);
  const what = senderName(name);
  const text = {
    en: `${code} signs ${what} with ${from}. It is good for ${minutes} minutes; give it to nobody.`,
    'zh-CN': `【${from}】签署「${what}」的验证码 ${code}，${minutes} 分钟内有效，请勿告诉他人。`,
  }[language];
  const parameters = { code, minutes: String(minutes), subject: what, ...(organization === undefined ? {} : { organization: from }) };
  return { id: randomUUID(), phone, text, language, kind: 'SIGNING_CODE', parameters };
}

function codeText(kind: CodeKind, { phone, code, minutes, language, organization }: CodeText): TextMessage {
  const from = organization === undefined ? PRODUCT : senderName(organization);
  const parameters = { code, minutes: String(minutes), ...(organization === undefined ? {} : { organization: from }) };
  return { id: randomUUID(), phone, text: TEXT[kind][language](code, minutes, from), language, kind, parameters };
}

/** In one line, without what the message is put together with, and not so long that it hides the rest. */
export function senderName(organization: string): string {
  const plain = organization.replaceAll(/[\s【】]+/gu, ' ').trim();
  const letters = [...new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(plain)].map(({ segment }) => segment);
  return letters.length > MOST_CHARACTERS ? `${letters.slice(0, MOST_CHARACTERS).join('')}…` : plain;
}
