import { describe, expect, it } from 'vitest';
import { dialledDigits, phoneDigits, readPhone } from '../../../src/platform/phone/phone.ts';

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

const OFFICE = '+8657186551010';
it.each([
  ...['0571-86551010,802', '0571-86551010,,802', '0571-86551010;802', '0571-86551010;ext=802', '0571-86551010,转802', '0571-86551010p802'],
  ...['0571-86551010转802', '0571-86551010轉802', '0571-86551010转８０２', '０５７１－８６５５１０１０转８０２', '0571-86551010（转802）'],
  ...['(0571)86551010（转 802）', '0571-86551010转接802', '0571-86551010转分机802', '0571 86551010 分机：802', '0571-86551010分機號802'],
  ...['0571-86551010内线802', '0571-86551010＃802', '0571-86551010#802', '0571-86551010#802#', '0571-86551010*802', '0571-86551010×802'],
  ...[
    '0571-86551010 ext 802',
    '0571-86551010 EXT. 802',
    '0571-86551010 ext.: 802',
    '0571-86551010 extn 802',
    '0571-86551010 extension 802',
  ],
  ...[
    '0571-86551010x802',
    '0571-86551010 Ｘ８０２',
    '0571-86551010 (ext. 802)',
    '0571-86551010(802)',
    '0571-86551010 (802)',
    '0571-86551010—802',
  ],
  ...['0571-86551010 - ext 802', '0571-86551010 anexo 802', '0571-86551010 доб. 802', '0571-86551010 poste 802', '0571-86551010 int 802'],
  ...['+86 571 8655 1010 ext. 802', 'tel:+86-571-8655-1010;ext=802', '\u202d+86 571 8655 1010 转802\u202c', '(+86)571-86551010-802'],
  ...['0571\u200b-\u200b86551010\u200b转\u200b802', '[0571]86551010【转802】', '٠٥٧١-٨٦٥٥١٠١٠ ext ٨٠٢'],
])('keeps the extension of %j', (typed) => {
  expect(readPhone(typed)).toMatchObject({ e164: OFFICE, extension: '802' });
});

it.each([
  ...[
    '\u202D+86 138 1234 0011\u202C',
    '\u2068+8613812340011\u2069',
    '\ufeff13812340011',
    '138\u00ad1234\u00ad0011',
    '+86\u00a0138\u00a01234\u00a00011',
  ],
  ...[
    '(+86)138-1234-0011',
    '（+86）13812340011',
    '+(86) 138 1234 0011',
    '＋８６　１３８　１２３４　００１１',
    '138–1234–0011',
    '138.1234.0011',
  ],
  ...['tel:+86-138-1234-0011', '86-138-1234-0011', '0086 138 1234 0011', '١٣٨١٢٣٤٠٠١١'],
])('reads %j, whatever it is written with', (typed) => {
  expect(readPhone(typed)).toMatchObject({ e164: '+8613812340011', extension: undefined });
});

it.each([
  ...[
    '0571-86551010 rm 802',
    '0571-86551010转',
    '0571-86551010转8-02',
    '0571-86551010转802转3',
    '0571-86551010-9转802',
    '0571-86551010 ext 802 or 803',
  ],
  ...[
    '0571-86551010/802',
    '0571-86551010~802',
    '0571-86551010 802',
    '0571-86551010 home',
    'fax 0571-86551010',
    '0571-86551010 ext 123456789',
  ],
  ...[
    '0571-86551010 next 802',
    '0571-86551010;phone-context=+86',
    '0571-86551010;isub=12',
    '0571-86551010转八〇二',
    '0571-86551010转802 张伟',
  ],
])('leaves nothing out of %j, so it is no phone', (typed) => expect(readPhone(typed)).toBeUndefined());

describe('what somebody types who looks for a phone', () => {
  const kept = phoneDigits(OFFICE, '802');
  it.each([
    ...[
      '+86 571 8655 1010 ext. 802',
      '0571-86551010转802',
      '0571-86551010-802',
      '0571-86551010,802',
      '86551010转802',
      '8655 1010 ext 802',
      '1010转802',
    ],
    ...[
      '+86 571 8655 1010',
      '0571-86551010',
      '(0571) 8655',
      '86551010',
      '\u202d+8657186551010\u202c',
      '（+86）571',
      '００８６５７１',
      '1010',
      '0802',
    ],
  ])('%j is in its digits', (typed) => {
    expect(kept).toContain(dialledDigits(typed));
  });
  it.each([...['0571-86551010转803', '803', '86551010转8022', 'tel', '转802', '', '58a2046', '138', '１２', '1'.repeat(61)]])(
    '%j is not',
    (typed) => {
      expect(kept).not.toContain(dialledDigits(typed) ?? 'nothing');
    },
  );
  it('finds a number abroad, however its trunk prefix is written', () => {
    expect(dialledDigits('+44 (0)20 7946 0018')).toBe('442079460018');
    expect(dialledDigits('020 7946 0018')).toBe('2079460018');
    expect(dialledDigits('0071')).toBe('0071');
  });
});

it('finds every number by the form in which it is shown, and by every form in which it can be typed in', () => {
  for (const typed of ['13812340011', '+44 20 7946 0018', '+1 415 555 2671', '+39 06 6982 1234', '+49 30 901820', '+86 571 8655 1010'])
    for (const extension of ['', ' ext. 802', '转802', '-802', ',802', ' (802)']) {
      const read = readPhone(`${typed}${extension}`)!;
      const shown = `${read.formatted}${read.extension ? ` ext. ${read.extension}` : ''}`;
      for (const looked of [shown, `${typed}${extension}`, read.e164])
        expect(phoneDigits(read.e164, read.extension), looked).toContain(dialledDigits(looked) ?? 'nothing');
    }
});

it('shows a number without its extension', () => {
  expect(readPhone('13800000001-802')?.formatted).toBe('+86 138 0000 0001');
});

it('takes ten thousand digits for no phone', () => {
  expect(readPhone('1'.repeat(10_000))).toBeUndefined();
});
