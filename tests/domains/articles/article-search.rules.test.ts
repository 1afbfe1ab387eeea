import { describe, expect, it } from 'vitest';
import { articlesLookedFor, articleTerms, furtherLookedFor } from '../../../src/domains/articles/article-search.rules.ts';

const finds = (typed: string, title: string, plain = ''): boolean => {
  const wanted = articlesLookedFor(typed);
  const terms = articleTerms({ title, plain });
  return wanted !== undefined && [wanted, ...furtherLookedFor(typed)].every((word) => terms.some((term) => term.startsWith(word)));
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
    ['days returns', 'Returns', 'Within seven days'],
    ['seven days', 'Within seven (7) days', ''],
    ['客服 退货', '退货政策', '请在七天内联系客服。'],
    ['AQuestionThatIsMuchLongerThanWhatIsCompared', '', 'A question that is much longer'],
  ])('%j finds %j %j', (typed, title, plain) => {
    expect(finds(typed, title, plain)).toBe(true);
  });
  it.each([
    ['even', 'Within seven days'],
    ['seven weeks', 'Within seven days'],
    ['退货 发票', '退货政策'],
    ['发票', '退货政策'],
    ['', 'Anything'],
    [' - ', 'Anything - at all'],
    ['。', '退货政策。'],
  ])('%j does not find %j', (typed, title) => {
    expect(finds(typed, title)).toBe(false);
  });
  it('is nothing where only signs were typed, and all where nothing was', () => {
    expect(articlesLookedFor('  ')).toBeUndefined();
    expect(articlesLookedFor('。')).toBe(' ');
    expect(furtherLookedFor('a b c d e f g h i j k')).toHaveLength(7);
  });
  it('is bounded, however long the article', () => {
    const plain = Array.from({ length: 40_000 }, (_, i) => `word${i}`).join(' ');
    expect(articleTerms({ title: 'Long', plain })).toHaveLength(20_000);
  });
});
