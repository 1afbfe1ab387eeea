import { describe, expect, it } from 'vitest';
import { lookedFor, type Searched, searchTerms } from '../../../src/domains/contacts/contact-search.rules.ts';

/** Whether a search finds a contact: as the statement compares, by the beginnings of its terms. */
const finds = (typed: string, contact: Partial<Searched>): boolean => {
  const from = lookedFor(typed);
  const terms = searchTerms({ name: 'x', phone: '+8613812345678', extension: null, company: null, ...contact });
  return from !== undefined && terms.some((term) => term.startsWith(from));
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
    ['syllables apart', 'wang xiaomeng', { name: '王小萌' }],
    ['syllables apart from any on', 'xiao meng', { name: '王小萌' }],
    ['syllables with dashes', 'Wang Xiao-meng', { name: '王小萌' }],
    ['the surname in full, then initials', 'wang x m', { name: '王小萌' }],
    ['a surname of two characters in full, then initials', 'ouyangxm', { name: '欧阳小萌' }],
    ['initials apart', 'w x m', { name: '王小萌' }],
    ['initials with full stops', 'W.X.M.', { name: '王小萌' }],
    ['a Chinese name with spaces', '王 小萌', { name: '王小萌' }],
    ['ü as v', 'lvbu', { name: '吕布' }],
    ['ü as u', 'lu bu', { name: '吕布' }],
    ['ü as in passports', 'LYU BU', { name: '吕布' }],
    ['ü as it is', 'lü bu', { name: '吕布' }],
    ['ü inside a name', 'zhou nue', { name: '周虐' }],
    ['another reading of a surname', 'ceng xiaoxian', { name: '曾小贤' }],
    ['another reading of a surname, its initials', 'cxx', { name: '曾小贤' }],
    ['a surname of two characters', 'shanyu', { name: '单于丹' }],
    ['a surname of two characters, read otherwise', 'chan yu', { name: '单于丹' }],
    ['another reading of a given name', 'wang xi', { name: '王茜' }],
    ['the usual reading of a given name', 'wangqian', { name: '王茜' }],
    ['no accents', 'jose', { name: 'José' }],
    ['accents', 'JOSÉ', { name: 'Jose' }],
    ['accents apart from their letters', 'jose\u0301', { name: 'José' }],
    ['a stroke', 'soren', { name: 'Søren' }],
    ['two letters in one', 'strasse', { name: 'Große Straße' }],
    ['one that is two', 'Straße', { name: 'STRASSE' }],
    ['a dotted i', 'istanbul', { name: 'İstanbul' }],
    ['a dotless i', 'DIYARBAKIR', { name: 'Dıyarbakır' }],
    ['sigma where a word ends', 'ΟΔΟΣ', { name: 'ΟΔΟΣΑ' }],
    ['sigma where no word ends', 'οδοσ', { name: 'οδος' }],
    ['ё as е', 'семен', { name: 'Семён' }],
    ['vowels that are left out', 'محمد', { name: 'مُحَمَّد' }],
    ['an apostrophe', 'oneill', { name: 'O’Neill' }],
    ['another apostrophe', "o'neill", { name: 'O’Neill' }],
    ['a dash', 'annemarie', { name: 'Anne-Marie' }],
    ['a superscript', '102', { company: '10²' }],
    ['a picture', '🦊', { name: 'Fox 🦊' }],
    ['a name of signs alone', '?!', { name: '?!?!' }],
    ['a company of digits', '58-2046', { company: '58-2046' }],
    ['a company of digits without its dash', '582046', { company: '58-2046' }],
    ['a company that begins with zeros', '0058-2046', { company: '0058-2046' }],
    ['a company like a phone with an extension', '8848转5', { company: '8848转5' }],
    ['a company like a number abroad', '+44 (0)20 7946 0018', { company: '+44 (0)20 7946 0018' }],
    ['a name past forty characters', `${'长'.repeat(50)}安`, { name: `${'长'.repeat(50)}安` }],
    ['a company of two hundred characters', 'ab'.repeat(100), { company: 'ab'.repeat(100) }],
    ['the phone as it is shown', '+86 138 1234 5678', {}],
    ['the phone as it is shown, with its extension', '+86 138 1234 5678 ext. 802', { extension: '802' }],
    ['the phone with its extension otherwise', '138-1234-5678转802', { extension: '802' }],
    ['a part of the phone with its extension', '5678转802', { extension: '802' }],
    ['the phone without its extension', '+86 138 1234 5678', { extension: '802' }],
    ['an extension of four digits', '8021', { extension: '8021' }],
    ['the phone between marks of direction', '\u202d+86 138 1234 5678\u202c', {}],
    ['the phone with its country in brackets', '(+86)138-1234-5678', {}],
  ])('%s: %s', (_, typed, contact) => expect(finds(typed, contact)).toBe(true));

  it.each([
    ['another name', 'Li Hui', { name: 'Li Hua' }],
    ['a reading that the character does not have', 'zhengx', { name: '曾小贤' }],
    ['what differs past forty characters', `${'长'.repeat(50)}北`, { name: `${'长'.repeat(50)}安` }],
    ['more than a term holds', 'a'.repeat(500), { name: 'a'.repeat(450) }],
    ['another vowel of an Indian script', 'कु', { name: 'कि' }],
    ['another extension', '+86 138 1234 5678 ext. 803', { extension: '802' }],
    ['a sign that no name has', '%', { name: 'Li Hua' }],
    ['a sign beside letters', '_', { name: 'a_b' }],
    ['the middle of a syllable', 'hang', { name: '张伟' }],
    ['three digits of a phone', '678', {}],
    ['digits in another order', '2134', {}],
    ['more than the phone has', '138123456789', {}],
  ])('not %s: %j', (_, typed, contact) => expect(finds(typed, contact)).toBe(false));
});

describe('what is no search', () => {
  it.each(['', '  ', '\t\n', '　', '\u200b', '\u202d\u202c', '\u2060 '])('%j', (typed) => expect(lookedFor(typed)).toBeUndefined());
});

describe('the terms of a contact', () => {
  const plain = { phone: '+8613812345678', extension: null, company: null };
  it('are few, short, and none twice', () => {
    const terms = searchTerms({ ...plain, name: '曾'.repeat(100), company: '公司'.repeat(100) });
    expect(new Set(terms).size).toBe(terms.length);
    expect(Math.max(...terms.map((term) => [...term].length))).toBe(400);
    expect(terms.length).toBeLessThan(4_000);
  });
  it.each([
    ['a name as most are', { ...plain, name: '王小萌', company: 'Works 1' }, 30],
    ['one that may be read in many ways', { ...plain, name: '单乐行长', company: null }, 80],
  ])('are few of %s', (_, contact, most) => expect(searchTerms(contact).length).toBeLessThan(most));
  it('cut no character in half', () => {
    const terms = searchTerms({ ...plain, name: `${'a'.repeat(399)}𠮷b` });
    expect(terms[0]).toBe(`${'a'.repeat(399)}𠮷`);
  });
});
