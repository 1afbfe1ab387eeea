import { describe, expect, it } from 'vitest';
import { findForm } from '../../../src/platform/names/find-form.ts';
import { nameKey } from '../../../src/platform/names/name-key.ts';
import { readings, syllables } from '../../../src/platform/names/readings.ts';

describe('the form in which texts are looked for', () => {
  it.each([
    ['Acme', 'acme'],
    ['ＡＣＭＥ　Ｔｏｏｌｓ', 'acmetools'],
    ['  Li \t Hua\n', 'lihua'],
    ['ﬁne', 'fine'],
    ['ÉCOLE', 'ecole'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['Łódź', 'lodz'],
    ['Ægir Œuvre Þór Đặng', 'aegiroeuvrethordang'],
    ['हिन्दी', 'हिन्दी'],
    ['がく', 'がく'],
    ['김철수', '김철수'],
    ['%', '%'],
    ['a%', 'a'],
    ['', ''],
    [' \u200b', ''],
  ])('%j is %j', (text, form) => expect(findForm(text)).toBe(form.normalize('NFC')));
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
  ])('of a person, %s: %j', (name, read) => expect(syllables(name, 'PERSON')).toEqual(read));
  it('of a thing do not begin with a surname', () => {
    expect(syllables('曾经', 'THING')).toEqual(['ceng', 'jing']);
    expect(syllables('单田芳', 'THING')[0]).toBe('dan');
  });
});

describe('the readings of a name', () => {
  it('begin with the usual one, have each of its characters, and are not many', () => {
    expect(readings('曾乐')[0]).toEqual(['zeng', 'le']);
    expect(readings('曾乐')).toEqual(expect.arrayContaining([['ceng', 'yue']]));
    const many = readings('单乐行长朝重曾解');
    expect(many[0]).toEqual(syllables('单乐行长朝重曾解', 'PERSON'));
    expect(many.length).toBeLessThanOrEqual(16);
    for (const reading of many) expect(reading.length).toBe(8);
  });
});

const inOrder = (names: readonly string[], of: 'PERSON' | 'THING' = 'PERSON'): string[] =>
  names
    .map((name) => ({ name, key: Buffer.from(nameKey(name, of)) }))
    .sort((one, other) => Buffer.compare(one.key, other.key))
    .map(({ name }) => name);

describe('the order of names', () => {
  it.each([
    ['Chinese names among the others by how they sound', ['阿明', 'anna', 'Bo', 'Chen', '陈', '曾红', '张伟', '张薇', 'Zoe']],
    ['syllable by syllable', ['李', '李安', '李强', 'Li Wei', '连战', '林军', '刘洋']],
    ['letters with accents beside those without', ['Eric', 'Éric', 'Erik', 'Fan', 'Jose', 'José', 'Josef', 'Žan', 'Zoe']],
    ['words by words', ['De Vries', 'Deal', 'Devries']],
    ['whatever the case', ['abe', 'Ben', 'cem', 'Dora']],
    ['signs as what is beside them', ["O'Brien", 'Oak', '“Quoted”', 'Rest']],
  ])('%s', (_, names) => {
    expect(inOrder([...names].reverse())).toEqual(names);
  });
  it('reads surnames as surnames in names of people alone', () => {
    expect(inOrder(['曾红', '陈红', '张红'])).toEqual(['陈红', '曾红', '张红']);
    expect(inOrder(['张红', '曾红', '陈红'], 'THING')).toEqual(['曾红', '陈红', '张红']);
  });
  it('fits into an index, whatever the name', () => {
    for (const name of ['长'.repeat(2_000), '👩‍👩‍👧‍👦'.repeat(300), 'a'.repeat(9_000)])
      expect(Buffer.byteLength(nameKey(name))).toBeLessThan(2_000);
  });
});
