import { expect, it } from 'vitest';
import { readPhone } from '../../../src/platform/phone/phone.ts';

it.each([
  ['13800000001', '+8613800000001', undefined, true],
  ['  138 0000 0001 ', '+8613800000001', undefined, true],
  ['138-0000-0001', '+8613800000001', undefined, true],
  ['１３８０００００００１', '+8613800000001', undefined, true],
  ['008613800000001', '+8613800000001', undefined, true],
  ['+86 138 0000 0001', '+8613800000001', undefined, true],
  ['010-65529988', '+861065529988', undefined, false],
  ['010-65529988-802', '+861065529988', '802', false],
  ['010-65529988转802', '+861065529988', '802', false],
  ['010-65529988 转 802', '+861065529988', '802', false],
  ['010-65529988分机802', '+861065529988', '802', false],
  ['010-65529988，转802', '+861065529988', '802', false],
  ['+86 10 6552 9988 ext. 12', '+861065529988', '12', false],
  ['+86 10 6552 9988 x12', '+861065529988', '12', false],
  ['13800000001;ext=12', '+8613800000001', '12', true],
  ['400-820-8820', '+864008208820', undefined, false],
  ['+1 415 555 2671', '+14155552671', undefined, true],
  ['+44 7911 123456', '+447911123456', undefined, true],
])('reads %j as %s', (typed, e164, extension, isMobile) => {
  expect(readPhone(typed)).toMatchObject({ e164, extension, isMobile });
});

it.each([
  '',
  'phone',
  '110',
  '12345',
  '1380000000',
  '138000000011',
  'call 13800000001',
  '13800000001 or 13800000002',
  '++8613800000001',
  '+8612345678901',
  '转802',
  `${' '.repeat(60)}13800000001`,
])('takes %j for no phone', (typed) => {
  expect(readPhone(typed)).toBeUndefined();
});

it('reads a number without a country code as of the country that is named', () => {
  expect(readPhone('(415) 555-2671', 'US')?.e164).toBe('+14155552671');
  expect(readPhone('030 901820', 'DE')?.e164).toBe('+4930901820');
  expect(readPhone('030 901820')).toBeUndefined();
  expect(readPhone('13800000001', 'nowhere')).toBeUndefined();
});

it('shows a number without its extension', () => {
  expect(readPhone('13800000001-802')?.formatted).toBe('+86 138 0000 0001');
});

it('takes ten thousand digits for no phone', () => {
  expect(readPhone('1'.repeat(10_000))).toBeUndefined();
});
