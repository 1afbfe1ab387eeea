import { describe, expect, it } from 'vitest';
import { cardOf } from '../card-fields.rules.ts';

const read = (...texts: string[]) => cardOf(texts.map((text) => ({ text, confidence: 0.9, height: 0.5 })));
const values = (...texts: string[]) => {
  const { name, company, position, email, address, phones } = read(...texts);
  return {
    name: name?.value,
    company: company?.value,
    position: position?.value,
    email: email?.value,
    address: address?.value,
    phones: phones.map(({ kind, value }) => `${kind} ${value}`),
  };
};

describe('what stands where on a card (spec 3.11)', () => {
  it('is told of a Chinese one, whose characters are read with spaces between them', () => {
    expect(
      values(
        '上 海 恒 达 阀门 有 限 公司',
        '王 建 国',
        '销售 总 监',
        '手机 : 138 1234 5678',
        '电话 : 021-6888 9900',
        '传真：021-6888 9901',
        '邮箱 : wang@hengda.com.cn',
        '地 址 : 上 海 市 浦东 新 区 世纪 大 道 88 号 1802 室',
      ),
    ).toEqual({
      name: '王建国',
      company: '上海恒达阀门有限公司',
      position: '销售总监',
      email: 'wang@hengda.com.cn',
      address: '上海市浦东新区世纪大道88号1802室',
      phones: ['MOBILE 138 1234 5678', 'WORK 021-6888 9900', 'FAX 021-6888 9901'],
    });
  });

  it('is told of a Latin one, with several things in one line', () => {
    expect(
      values(
        'Anna Bergmann',
        'Purchasing Manager',
        'Nordwind Logistics GmbH',
        '12 Harbour Street, 20457 Hamburg',
        'Mobile: +49 151 2345 6789 Tel: +49 40 3200 1500',
        'Email: A.Bergmann@nordwind.com',
        'www.nordwind.com',
      ),
    ).toEqual({
      name: 'Anna Bergmann',
      company: 'Nordwind Logistics GmbH',
      position: 'Purchasing Manager',
      email: 'a.bergmann@nordwind.com',
      address: '12 Harbour Street, 20457 Hamburg',
      phones: ['MOBILE +49 151 2345 6789', 'WORK +49 40 3200 1500'],
    });
  });

  it.each([
    ['a postcode is no phone', ['900 Mission Street, San Francisco, CA 94103'], []],
    ['nor is a number of a licence inside words', ['Licence no12345678x of 2020'], []],
    ['a mobile stands alone', ['13812345678'], ['MOBILE 13812345678']],
    ['with its country', ['+86 138 1234 5678'], ['MOBILE +86 138 1234 5678']],
    ['with an extension', ['Tel 010-62345678 ext 802'], ['WORK 010-62345678 ext 802']],
  ])('%s', (_, texts, phones) => {
    expect(values('Somebody Else', ...texts).phones).toEqual(phones);
  });

  it.each([
    ['nothing', [], 'NOTHING_READ'],
    ['specks', ['-', '|', 'a'], 'NOTHING_READ'],
    ['three addresses of mail', ['a@one.com', 'b@two.com', 'c@three.com'], 'SEVERAL_CARDS'],
    ['four companies', ['One Ltd', 'Two Ltd', 'Three Ltd', 'Four Ltd'], 'SEVERAL_CARDS'],
  ])('is not guessed of %s', (_, texts, fault) => {
    expect(read(...texts).fault).toBe(fault);
  });

  it('is as sure as it was read, and less where it is a guess', () => {
    const { name, email } = cardOf([
      { text: 'Anna Bergmann', confidence: 0.8, height: 1 },
      { text: 'anna@nordwind.com', confidence: 0.6, height: 0.3 },
    ]);
    expect(name?.confidence).toBeLessThan(0.8);
    expect(email?.confidence).toBe(0.6);
  });
});
