import { describe, expect, it } from 'vitest';
import { articlesLookedFor, articleTerms } from '../../../src/domains/articles/article-search.rules.ts';

const finds = (typed: string, title: string, plain = ''): boolean => {
  const wanted = articlesLookedFor(typed);
  return wanted !== undefined && articleTerms({ title, plain }).some((term) => term.startsWith(wanted));
};

describe('what an article is found by (spec 5.7)', () => {
  it.each([
    ['退货', '退货政策', ''],
    ['货政', '退货政策', ''],
    ['客服', '', '请在七天内联系客服。'],
    ['七天内联系', '', '请在七天内，联系客服。'],
    ['iphone手机', '', '旧 iPhone 手机'],
    ['手机', '', '旧iPhone手机'],
    ['ＩＰＨＯＮＥ', '', '旧 iPhone 手机'],
    ['return', 'Returns', ''],
    ['SEVEN', '', 'Within seven days'],
    ['cafe', 'Café hours', ''],
    ['returns within', 'Returns', 'Within seven days'],
    ['a question that is much longer than what is compared', '', 'A question that is much longer'],
  ])('%j finds %j %j', (typed, title, plain) => {
    expect(finds(typed, title, plain)).toBe(true);
  });
  it.each([
    ['even', 'Within seven days'],
    ['seven days', 'Within seven (7) days'],
    ['发票', '退货政策'],
    ['', 'Anything'],
    [' - ', 'Anything - at all'],
  ])('%j does not find %j', (typed, title) => {
    expect(finds(typed, title)).toBe(false);
  });
  it('is bounded, however long the article', () => {
    const plain = Array.from({ length: 40_000 }, (_, i) => `word${i}`).join(' ');
    expect(articleTerms({ title: 'Long', plain })).toHaveLength(20_000);
  });
});
