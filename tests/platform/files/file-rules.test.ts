import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../src/platform/files/byte-range.ts';
import { isAsTold, kindOfType } from '../../../src/platform/files/file-kind.ts';
import { asAttachment, takeFileName } from '../../../src/platform/files/file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['  report.pdf ', 'report.pdf'],
    ['报价单 2026.xlsx', '报价单 2026.xlsx'],
    ['e\u0301.txt', 'é.txt'],
    ['.hidden', '.hidden'],
    ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
  ])('%j is taken', (given, name) => expect(takeFileName(given)).toEqual({ name }));
  it.each([
    ['', 'EMPTY'],
    ['   ', 'EMPTY'],
    ['../etc/passwd', 'PATH'],
    ['a/b', 'PATH'],
    ['a\\b', 'PATH'],
    ['..', 'PATH'],
    ['.', 'PATH'],
    ['a\u0000b', 'HIDDEN_CHARACTERS'],
    ['a\nb', 'HIDDEN_CHARACTERS'],
    ['a\u007Fb', 'HIDDEN_CHARACTERS'],
    ['a\u202Egpj.exe', 'HIDDEN_CHARACTERS'],
    ['a\u2066b\u2069', 'HIDDEN_CHARACTERS'],
    ['a\u200Fb', 'HIDDEN_CHARACTERS'],
    ['a\uFEFFb', 'HIDDEN_CHARACTERS'],
    ['a\uD800b', 'HIDDEN_CHARACTERS'],
    ['x'.repeat(201), 'TOO_LONG'],
    ['文'.repeat(81), 'TOO_LONG'],
  ])('%j is refused: %s', (given, fault) => expect(takeFileName(given)).toEqual({ fault }));

  it.each([
    ['a.txt', `attachment; filename="a.txt"; filename*=UTF-8''a.txt`],
    ['a"b\\c%.txt', `attachment; filename="a_b_c_.txt"; filename*=UTF-8''a%22b%5Cc%25.txt`],
    ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"; filename*=UTF-8''it%27s%20%281%29%2A.txt`],
    ['表.csv', `attachment; filename="_.csv"; filename*=UTF-8''%E8%A1%A8.csv`],
  ])('%j is told to browsers', (name, header) => expect(asAttachment(name)).toBe(header));
});

describe('a range', () => {
  it.each([
    [undefined, 10, undefined],
    ['bytes=0-0', 10, { start: 0, end: 0 }],
    ['bytes=2-5', 10, { start: 2, end: 5 }],
    ['bytes=2-', 10, { start: 2, end: 9 }],
    ['bytes=2-99', 10, { start: 2, end: 9 }],
    ['bytes=-3', 10, { start: 7, end: 9 }],
    ['bytes=-99', 10, { start: 0, end: 9 }],
    ['bytes=-0', 10, 'none'],
    ['bytes=10-', 10, 'none'],
    ['bytes=0-', 0, 'none'],
    ['bytes=-1', 0, 'none'],
    ['bytes=5-2', 10, undefined],
    ['bytes=-', 10, undefined],
    ['bytes=1-2,4-5', 10, undefined],
    ['bytes=a-b', 10, undefined],
    ['bytes=99999999999999999-', 10, undefined],
  ] as const)('%j of %s bytes is %j', (header, size, range) => expect(rangeOf(header, size)).toEqual(range));
});

describe('the kind of a media type', () => {
  it.each([
    ['image/png', 'PNG'],
    ['IMAGE/JPG', 'JPEG'],
    ['text/csv; charset=gb18030', 'CSV'],
    ['application/x-zip-compressed', 'ZIP'],
    ['text/html', undefined],
    ['image/svg+xml', undefined],
    ['image/heic', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('%j is %s', (type, kind) => expect(kindOfType(type)).toBe(kind));
  it('is right where what was found is what was told; which of two kinds of text, nobody can tell', () => {
    expect([
      isAsTold('TEXT', 'CSV'),
      isAsTold('TEXT', 'TEXT'),
      isAsTold('TEXT', 'PNG'),
      isAsTold('JPEG', 'PNG'),
      isAsTold(undefined, 'TEXT'),
    ]).toEqual([true, true, false, false, false]);
  });
});
