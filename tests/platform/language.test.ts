import { expect, it } from 'vitest';
import { languageOf } from '../../src/platform/language/language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['ZH-hans-CN', 'zh-CN'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en-US,en;q=0.9,zh;q=0.8', 'en'],
  ['en;q=0.1, zh;q=0.9', 'zh-CN'],
  ['fr, zh;q=0.5', 'zh-CN'],
  ['fr', 'en'],
  ['*', 'en'],
  ['zh;q=0, en;q=0.1', 'en'],
  ['zh;q=0', 'en'],
  [`${'fr,'.repeat(10_000)}zh`, 'en'],
  [`zh${' '.repeat(10_000)}x`, 'zh-CN'], // what is behind the cut is not looked at
  ['zhuang', 'en'],
])('of those who accept %j it is %s', (header, language) => expect(languageOf(header)).toBe(language));
