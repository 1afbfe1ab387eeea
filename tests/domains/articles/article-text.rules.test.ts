import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MOST_CHARACTERS, readArticle, renderAnew, withAddresses } from '../../../src/domains/articles/article-text.rules.ts';
import { encodeGlobalId, type Message } from '../../../src/sdk/index.ts';

const CUP = randomUUID();
const picture = `picture:${encodeGlobalId('File', CUP)}`;
const read = (markdown: string) => {
  const text = readArticle(markdown);
  if ('faults' in text) throw new Error(JSON.stringify(text.faults));
  return text;
};
const faults = (markdown: string): string[] => {
  const text = readArticle(markdown);
  return 'faults' in text
    ? text.faults.map(({ code, message }) => `${code} ${/^Line \d+/.exec((message as Message).en)?.[0] ?? ''}`.trim())
    : [];
};
const full = (piece: string): string => piece.repeat(Math.ceil(MOST_CHARACTERS / piece.length)).slice(0, MOST_CHARACTERS);

describe('the HTML of an article (spec 5.7)', () => {
  it.each([
    ['# Returns\n\nWithin **seven** days.', '<h1>Returns</h1>\n<p>Within <strong>seven</strong> days.</p>\n'],
    ['- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n'],
    ['3. third', '<ol start="3">\n<li>third</li>\n</ol>\n'],
    ['| a | b |\n|:--|--:|\n| 1 | 2 |', expect.stringContaining('<td style="text-align:right">2</td>')],
    ['`<b>`', '<p><code>&lt;b&gt;</code></p>\n'],
    [
      '[us](https://qinghe.example/a?b=1&c=2 "Home")',
      expect.stringContaining(
        '<a href="https://qinghe.example/a?b=1&amp;c=2" title="Home" rel="noopener noreferrer nofollow" target="_blank">us</a>',
      ),
    ],
    ['<mailto:us@qinghe.example>', expect.stringContaining('href="mailto:us@qinghe.example"')],
  ])('of %j', (markdown, html) => {
    expect(read(markdown).html).toEqual(html);
    expect(renderAnew(markdown)).toEqual(html);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>body{display:none}</style>',
    '<svg onload=alert(1)>',
    '<!-- a comment -->',
    '`` <script> ``',
    '```html\n<script>alert(1)</script>\n```',
  ])('shows HTML as text: %j', (markdown) => {
    const { html } = read(markdown);
    expect(html.match(/<\/?[a-z]+/g)!.filter((tag) => !/^<\/?(?:p|pre|code)$/.test(tag))).toEqual([]);
    expect(html).toContain('&lt;');
  });

  it('names pictures by ids until somebody reads it', () => {
    const { html, pictures } = read(`A cup:\n\n![A "cup"](${picture} "Ours")`);
    expect(pictures).toEqual(new Map([[CUP, 3]]));
    expect(html).toContain(`<img src="picture:${CUP}" alt="A &quot;cup&quot;" title="Ours" />`);
    expect(withAddresses(html, (id) => `https://qinghe.example/files/${id}?a="b`)).toContain(
      `<img src="https://qinghe.example/files/${CUP}?a=&quot;b" alt=`,
    );
    expect(withAddresses(html, () => undefined)).toContain('<img alt="A &quot;cup&quot;"');
  });
  it('has no address put into what is only text', () => {
    const { html, pictures } = read(`\`<img src="picture:${CUP}"\` and <img src="picture:${CUP}">`);
    expect(pictures.size).toBe(0);
    expect(withAddresses(html, () => 'https://taken.example')).toBe(html);
  });
});

describe('what cannot be shown of an article (spec 5.7)', () => {
  it.each([
    ['[x](javascript:alert(1))', ['LINK_NOT_ALLOWED Line 1']],
    ['[x](JaVaScRiPt:alert(1))', ['LINK_NOT_ALLOWED Line 1']],
    ['[x](&#106;avascript:alert(1))', ['LINK_NOT_ALLOWED Line 1']],
    ['a\n\n[x](data:text/html,hi)', ['LINK_NOT_ALLOWED Line 3']],
    ['<javascript:alert(1)>', ['LINK_NOT_ALLOWED Line 1']],
    ['[x](//evil.example)', ['LINK_NOT_ALLOWED Line 1']],
    ['[x](file:///etc/passwd)', ['LINK_NOT_ALLOWED Line 1']],
    ['[x]\n\n[x]: vbscript:x', ['LINK_NOT_ALLOWED Line 1']],
    ['[x](https://)', ['LINK_NOT_ALLOWED Line 1']],
    ['one\ntwo\n[x](https://me:secret@evil.example)', ['LINK_HOLDS_USER Line 3']],
    ['one  \ntwo [x](x:y)', ['LINK_NOT_ALLOWED Line 2']],
    [`${'|a'.repeat(40)}|\n${'|-'.repeat(40)}|\n${'|\n'.repeat(1_000)}`, ['TOO_MANY_COLUMNS']],
    ['*_'.repeat(2_000), ['TOO_MANY_MARKS']],
    ['![x](https://tracker.example/a.gif)', ['PICTURE_ELSEWHERE Line 1']],
    ['![x](data:image/png;base64,AAAA)', ['PICTURE_ELSEWHERE Line 1']],
    ['# a\n\n- b\n- ![x](javascript:x)\n\n[y](x:y)', ['PICTURE_ELSEWHERE Line 4', 'LINK_NOT_ALLOWED Line 6']],
    ['| a |\n|--|\n| [x](x:y) |', [expect.stringMatching(/^LINK_NOT_ALLOWED Line [123]$/)]],
    [full('> '), ['TOO_DEEP']],
    [Array.from({ length: 200 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'), ['TOO_DEEP']],
    [`${'**a '.repeat(60)}${'b** '.repeat(60)}`, ['TOO_DEEP']],
    [`![x](${picture}) `.repeat(51), ['TOO_MANY_PICTURES']],
    [`[a]: https://qinghe.example/${'a'.repeat(1_000)}\n\n${'[a] '.repeat(5_000)}`, ['TOO_LONG_SHOWN']],
    [full('[x](x:y)\n\n'), Array.from({ length: 20 }, (_, i) => `LINK_NOT_ALLOWED Line ${2 * i + 1}`)],
  ])('%#: is told, with its line', (markdown, expected) => {
    expect(faults(markdown)).toEqual(expected);
  });

  it('is not twenty quotes in each other', () => {
    expect(faults(`${'> '.repeat(20)}deep`)).toEqual([]);
  });

  it.each(['[', '![](', '*a ', '_*', '`a``', '<', '&', '|-\n', '* a\n', '- - - a\n', '[a](b', '***\n', '~~a', '1. ', '\\', '<a@'])(
    'of nothing but %j something is answered, and as long as it may be',
    (piece) => {
      const text = readArticle(full(piece));
      expect('faults' in text ? text.faults.length : text.html.length).toBeGreaterThan(0);
    },
  );
});

describe('an article without marks (spec 5.7)', () => {
  it('is one line of words', () => {
    const { plain, excerpt } = read(
      `# Returns\n\nWith**in** \`seven\` days[^1], [here](https://qinghe.example):\n\n- one\n- two\n\n\`\`\`\ncode\n\`\`\`\n\n![A cup](${picture})`,
    );
    expect(plain).toBe('Returns Within seven days[^1], here: one two code A cup');
    expect(excerpt).toBe(plain);
  });
  it('begins with two hundred characters, none of them halved', () => {
    expect([...read('退'.repeat(300)).excerpt]).toHaveLength(201);
    expect(read('👨‍👩‍👧'.repeat(300)).excerpt).toMatch(/^(?:👨‍👩‍👧)+…$/u);
  });
});
