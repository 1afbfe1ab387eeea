import { expect, it } from 'vitest';
import { chooseSmsSender } from '../../../src/domains/accounts/index.ts';
import { refusingSmsSender, terminalSmsSender } from '../../../src/domains/accounts/sms.sender.ts';

it('prints a message as one line', async () => {
  const lines: string[] = [];
  await terminalSmsSender({ write: (text) => lines.push(text) }).send('+8613800000001', '123456 is your\ncode');
  expect(lines).toEqual(['SMS to +8613800000001: 123456 is your code\n']);
});

it('is the one that is set up; without one, only a demo can send', async () => {
  const own = { send: async () => undefined };
  expect(chooseSmsSender(own, false)).toBe(own);
  expect(chooseSmsSender(own, true)).toBe(own);
  expect(chooseSmsSender(undefined, true)).not.toBe(refusingSmsSender);
  await expect(chooseSmsSender(undefined, false).send('+8613800000001', '123456')).rejects.toThrow('No SmsSender is set up');
});
