import { describe, expect, it } from 'vitest';
import {
  foldText,
  normalize,
  type Searched,
  searchTerms,
  sortName,
  syllables,
} from '../../../src/domains/contacts/contact-search.rules.ts';

describe('the form in which names are compared', () => {
  it.each([
    ['Acme', 'acme'],
    ['ＡＣＭＥ　Ｔｏｏｌｓ', 'acme tools'],
    ['  Li \t Hua\n', 'li hua'],
    ['ﬁne', 'fine'],
    ['ÉCOLE', 'école'],
    ['', ''],
  ])('%j is %j', (text, folded) => expect(foldText(text)).toBe(folded));
});

describe('the syllables of a name', () => {
  it.each([
    ['张伟', ['zhang', 'wei']],
    ['曾小贤', ['zeng', 'xiao', 'xian']],
    ['单田芳', ['shan', 'tian', 'fang']],
    ['仇和', ['qiu', 'he']],
    ['解晓东', ['xie', 'xiao', 'dong']],
    ['区志远', ['ou', 'zhi', 'yuan']],
    ['欧阳娜', ['ou', 'yang', 'na']],
    ['尉迟恭', ['yu', 'chi', 'gong']],
    ['吕布', ['lv', 'bu']],
    ['Li Hua', ['li', 'hua']],
    ['王Anna', ['wang', 'anna']],
    ['O’Brien-Smith', ['o', 'brien', 'smith']],
    ['山田太郎', ['shan', 'tian', 'tai', 'lang']],
    ['김철수', ['김철수']],
    ['...', []],
  ])('%s: %j', (name, read) => expect(syllables(name)).toEqual(read));
});

describe('the order of names', () => {
  it('puts Chinese names among the others by how they sound, and equal sounds by how they are written', () => {
    const names = ['Zoe', '张伟', 'anna', '阿明', 'Bo', '张薇', '曾红', 'Chen', '陈'];
    const sorted = [...names].sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
    expect(sorted).toEqual(['阿明', 'anna', 'Bo', 'Chen', '陈', '曾红', '张伟', '张薇', 'Zoe']);
  });
});

/** Whether a search finds a contact: as the statement compares, by the beginnings of its terms. */
const finds = (typed: string, contact: Partial<Searched>): boolean => {
  const from = normalize(typed);
  return (
    from !== undefined &&
    searchTerms({ name: 'x', phone: '+8613812345678', company: null, ...contact }).some(({ term }) => term.startsWith(from))
  );
};

describe('what is found (spec 3.6)', () => {
  it.each([
    ['the whole name', 'Li Hua', { name: 'Li Hua' }],
    ['a part of the name', 'i H', { name: 'Li Hua' }],
    ['a name in other case', 'li HUA', { name: 'Li Hua' }],
    ['a name in other width', 'ｌｉ　ｈｕａ', { name: 'Li Hua' }],
    ['a character of a name', '伟', { name: '张伟' }],
    ['full pinyin', 'zhangwei', { name: '张伟' }],
    ['pinyin from any syllable', 'xiaox', { name: '曾小贤' }],
    ['initials', 'zxx', { name: '曾小贤' }],
    ['initials from any syllable', 'xx', { name: '曾小贤' }],
    ['a surname as it is read in names', 'zengx', { name: '曾小贤' }],
    ['a Latin name without its space', 'lihua', { name: 'Li Hua' }],
    ['the company', 'riverside', { company: 'Riverside Mills' }],
    ['a part of the company', 'SIDE M', { company: 'Riverside Mills' }],
    ['the phone', '+8613812345678', {}],
    ['the phone without its country code', '13812345678', {}],
    ['the phone with a trunk prefix', '013812345678', {}],
    ['the phone as it is written', '138-1234 5678', {}],
    ['the phone in full width', '１３８１２３４', {}],
    ['four digits inside it', '1234', {}],
    ['its last four digits', '5678', {}],
    ['its last four digits, where they begin with zeros', '0071', { phone: '+8613812340071' }],
    ['a long name by its beginning', 'abcdefghij'.repeat(5), { name: 'abcdefghij'.repeat(6) }],
    ['a name with a digit', 'shop 7', { name: 'Shop 7' }],
  ])('%s: %s', (_, typed, contact) => expect(finds(typed, contact)).toBe(true));

  it.each([
    ['another name', 'Li Hui', { name: 'Li Hua' }],
    ['the other reading of a surname', 'cengx', { name: '曾小贤' }],
    ['the middle of a syllable', 'hang', { name: '张伟' }],
    ['three digits of a phone', '678', {}],
    ['digits in another order', '2134', {}],
    ['more than the phone has', '138123456789', {}],
  ])('not %s: %j', (_, typed, contact) => expect(finds(typed, contact)).toBe(false));
});

describe('what is no search', () => {
  it.each(['', '  ', '\t\n', '　'])('%j', (typed) => expect(normalize(typed)).toBeUndefined());
});

describe('the terms of a contact', () => {
  it('are few, short, and none twice', () => {
    const terms = searchTerms({ name: '曾'.repeat(100), phone: '+8613812345678', company: '公司'.repeat(50) });
    const keys = terms.map(({ kind, term }) => `${kind} ${term}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(Math.max(...terms.map(({ term }) => [...term].length))).toBe(40);
    expect(terms.length).toBeLessThan(500);
  });

  it('cut no character in half', () => {
    const [first] = searchTerms({ name: `${'a'.repeat(39)}𠮷b`, phone: '', company: null });
    expect(first).toEqual({ kind: 'NAME', term: `${'a'.repeat(39)}𠮷` });
  });
});
