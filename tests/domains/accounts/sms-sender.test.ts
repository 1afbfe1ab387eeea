import { expect, it } from 'vitest';
import { chosenSmsSender } from '../../../src/app/sms-sender.ts';
import { refusingSmsSender, terminalSmsSender } from '../../../src/domains/accounts/index.ts';
import { signInText } from '../../../src/domains/accounts/sign-in-text.rules.ts';
import { register, smsSenders } from '../../../src/sdk/index.ts';

const written = { phone: '+8613800000001', code: '123456', minutes: 5, organization: undefined } as const;
const message = (change: object = {}) => signInText({ ...written, language: 'en', ...change });
const never = new AbortController().signal;

it('prints a message as one line', async () => {
  const lines: string[] = [];
  await terminalSmsSender({ write: (text) => lines.push(text) }).send({ ...message(), text: '123456 is your\ncode' }, never);
  expect(lines).toEqual(['SMS to +8613800000001: 123456 is your code\n']);
});

it.each([
  [{}, '123456 is your sign-in code for Guichet. It is good for 5 minutes; give it to nobody.'],
  [{ organization: 'Qinghe Tools' }, '123456 is your sign-in code for Qinghe Tools. It is good for 5 minutes; give it to nobody.'],
  [{ language: 'zh-CN' }, '【Guichet】登录验证码 123456，5 分钟内有效，请勿告诉他人。'],
  [{ language: 'zh-CN', organization: '清河工具' }, '【清河工具】登录验证码 123456，5 分钟内有效，请勿告诉他人。'],
  [{ language: 'zh-CN', organization: 'A】\n【 B' }, '【A B】登录验证码 123456，5 分钟内有效，请勿告诉他人。'],
  [{ organization: '河'.repeat(30) }, `123456 is your sign-in code for ${'河'.repeat(20)}…. It is good for 5 minutes; give it to nobody.`],
])('a code for signing in is told in two languages, with the organization where there is one: %j', (change, text) => {
  expect(message(change).text).toBe(text);
});

it('a message says what it is made of, for deliverers with templates of their own', () => {
  const { id, ...plain } = message({ organization: 'Qinghe Tools' });
  expect(plain).toMatchObject({ kind: 'SIGN_IN_CODE', parameters: { code: '123456', minutes: '5', organization: 'Qinghe Tools' } });
  expect(message().parameters).not.toHaveProperty('organization');
  expect(message().id).not.toBe(id);
});

const none = { smsSender: undefined, smsWebhook: undefined };
const webhook = { url: 'http://127.0.0.1:1/', secret: 'x'.repeat(32) };
const carrier = { name: 'carrier', send: async () => undefined };
const modules = [
  { name: 'carrier', version: '1.0.0', description: '', isPlugin: true, tables: [], registrations: [register(smsSenders, carrier)] },
];
it.each([
  ['none is there, but in a demo', none, false, undefined],
  ['in a demo the terminal', none, true, 'terminal'],
  ['the terminal, where it is chosen', { ...none, smsSender: 'terminal' }, false, 'terminal'],
  ['the webhook', { smsSender: 'webhook', smsWebhook: webhook }, false, 'webhook'],
  ['the webhook in a demo too', { smsSender: 'webhook', smsWebhook: webhook }, true, 'webhook'],
  ['a plugin’s', { ...none, smsSender: 'carrier' }, true, 'carrier'],
] as const)('of the senders it is the one that is set up: %s', (_, settings, demo, name) => {
  expect(chosenSmsSender(settings, demo, modules)?.name).toBe(name);
});
it('a sender that nobody brings is named with those that there are', () => {
  expect(() => chosenSmsSender({ ...none, smsSender: 'pigeon' }, true, modules)).toThrow(
    'SMS_SENDER: there is no sender pigeon; there are terminal, webhook, carrier.',
  );
});
it('where nobody is served, none is needed and none is there', async () => {
  await expect(refusingSmsSender.send(message(), never)).rejects.toThrow('No sender of text messages is set up');
});
