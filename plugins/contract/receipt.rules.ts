import type { Language, Message } from '@guichet/sdk';

/** What a receipt tells: nothing that any party may not know. */
export interface Receipt {
  readonly number: string;
  readonly title: string;
  readonly ownName: string;
  /** In their order. */
  readonly counterpartyNames: readonly string[];
  readonly sha256: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly role: string;
    readonly onBehalfOf: string | null;
    /** What the party is called for which they sign. */
    readonly party: string;
    readonly signedAt: Date;
    readonly method: 'PHONE_CODE' | 'PAPER';
    readonly phoneMasked: string | null;
  }[];
}
const WORDS = {
  head: { en: 'Receipt of a signed contract', 'zh-CN': '合同签署凭证' },
  number: { en: 'Number', 'zh-CN': '合同编号' },
  title: { en: 'Title', 'zh-CN': '合同名称' },
  parties: { en: 'Between', 'zh-CN': '签约方' },
  hash: { en: 'SHA-256 of what was signed', 'zh-CN': '签署文件 SHA-256' },
  signatures: { en: 'Signatures', 'zh-CN': '签署记录' },
  for: { en: 'for', 'zh-CN': '代' },
  PHONE_CODE: { en: 'by a code to', 'zh-CN': '短信验证码，手机' },
  PAPER: { en: 'on paper', 'zh-CN': '纸质签署' },
  how: {
    en: 'Whoever has the document can make its SHA-256 and compare it, or ask the organization by `verifyDocument` with the number.',
    'zh-CN': '持有文件者可计算其 SHA-256 并核对，或凭合同编号通过 verifyDocument 查询。',
  },
} as const satisfies Record<string, Message>;

/** The text of a receipt: the same however often it is asked for. Moments are in UTC. */
export function receiptText({ number, title, ownName, counterpartyNames, sha256, signatures }: Receipt, language: Language): string {
  const said = (word: keyof typeof WORDS): string => WORDS[word][language];
  const line = (one: Receipt['signatures'][number], i: number): string => {
    const who = `${one.name}, ${one.role}, ${one.party}${one.onBehalfOf ? ` (${said('for')} ${one.onBehalfOf})` : ''}`;
    return `${i + 1}. ${who}\n   ${one.signedAt.toISOString()} ${said(one.method)}${one.phoneMasked ? ` ${one.phoneMasked}` : ''}`;
  };
  return [
    said('head'),
    '',
    `${said('number')}: ${number}`,
    `${said('title')}: ${title}`,
    `${said('parties')}: ${[ownName, ...counterpartyNames].join(' / ')}`,
    `${said('hash')}: ${sha256}`,
    '',
    `${said('signatures')}:`,
    ...signatures.map(line),
    '',
    said('how'),
    '',
  ].join('\n');
}
