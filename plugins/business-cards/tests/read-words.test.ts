import { describe, expect, it } from 'vitest';
import { joined, piecesOf, type ReadWord, wordsOf } from '../read-words.ts';

const word = (text: string, left: number, given: Partial<ReadWord> = {}): ReadWord => ({
  text,
  confidence: 90,
  line: 0,
  left,
  right: left + 0.05,
  top: 0,
  bottom: 0.05,
  ...given,
});

describe('words of two readings', () => {
  it('are Chinese of the one, and Latin of the other', () => {
    const mixed = [word('邮箱', 0), word('l.xm@', 0.1), word('x.c0m', 0.16)];
    expect(joined(mixed, [word('li.xm@x.com', 0.13)]).map(({ text }) => text)).toEqual(['邮箱', 'li.xm@x.com']);
  });
  it('stay where the other has nothing, and figures beside Chinese always do', () => {
    expect(joined([word('Anna', 0)], []).map(({ text }) => text)).toEqual(['Anna']);
    expect(joined([word('路', 0), word('398', 0.1), word('号', 0.2)], [word('#8398', 0.1)]).map(({ text }) => text)).toEqual([
      '路',
      '398',
      '号',
    ]);
  });
  it('that stand far apart are two pieces', () => {
    const pieces = piecesOf([word('Anna', 0), word('Berg', 0.06), word('Manager', 0.5), word('Next', 0, { line: 1 })]);
    expect(pieces.map(({ text }) => text)).toEqual(['Anna Berg', 'Manager', 'Next']);
  });
  it('are no specks', () => {
    const of = (text: string, confidence: number) => ({ text, confidence, bbox: { x0: 0, x1: 10, y0: 0, y1: 10 } });
    const words = wordsOf([{ words: [of('Anna', 90), of('~', 90), of('Bcrg', 5), of('敏', 5)] }], 100);
    expect(words.map(({ text }) => text)).toEqual(['Anna', '敏']);
  });
});
