import { describe, expect, it } from 'vitest';
import {
  amountText,
  baseNumber,
  daysBetween,
  isTurnOf,
  monthsLater,
  needsFinance,
  reminderDue,
  rendered,
  sha256Of,
  turnsOf,
  variablesOf,
} from '../contract.rules.ts';
import { textDiff } from '../text-diff.rules.ts';

describe('what has changed between two texts', () => {
  const told = (from: string, to: string): string =>
    textDiff(from, to)
      .map(({ kind, text }) => `${{ SAME: ' ', REMOVED: '-', ADDED: '+' }[kind]}${text}`)
      .join('|');
  it.each([
    ['nothing', 'a\nb', 'a\nb', ' a| b'],
    ['a line in the middle', 'a\nb\nc', 'a\nx\nc', ' a|-b|+x| c'],
    ['a line more', 'a\nc', 'a\nb\nc', ' a|+b| c'],
    ['a line less', 'a\nb\nc', 'a\nc', ' a|-b| c'],
    ['all of it', 'a', 'b', '-a|+b'],
    ['a line that moved', 'a\nb\nc', 'b\nc\na', '-a| b| c|+a'],
    ['the same line twice', 'a\na', 'a', ' a|-a'],
    ['a text from nothing', '', 'a', '-|+a'],
  ])('%s', (_, from, to, changes) => expect(told(from, to)).toBe(changes));
  it('is found of texts that are long, and what was is what is left without what came', () => {
    const from = Array.from({ length: 3_000 }, (_, i) => `line ${i}`);
    const to = from.map((line, i) => (i % 2 ? line : `${line}!`));
    const changes = textDiff(from.join('\n'), to.join('\n'));
    expect(changes.filter(({ kind }) => kind !== 'ADDED').map(({ text }) => text)).toEqual(from);
    expect(changes.filter(({ kind }) => kind !== 'REMOVED').map(({ text }) => text)).toEqual(to);
  });
});

describe('whether finance reviews', () => {
  const limits = { CNY: 10_000, JPY: 0 };
  it.each([
    ['below the limit', 9_999, 'CNY', false],
    ['at the limit', 10_000, 'CNY', true],
    ['above it', 10_001, 'CNY', true],
    ['from nothing on', 0, 'JPY', true],
    ['a currency without a limit, however little', 1, 'USD', true],
    ['a word that objects have', 1, 'constructor', true],
  ])('%s', (_, amount, currency, needed) => expect(needsFinance(limits, { amount, currency })).toBe(needed));
});

describe('reminders of what is due', () => {
  it.each([
    ['too early', 8, null, undefined],
    ['seven days before', 7, null, 7],
    ['told already', 7, 7, undefined],
    ['between two', 5, 7, undefined],
    ['three days before', 3, 7, 3],
    ['the day before', 1, 3, 1],
    ['where the first were missed: one for all', 1, null, 1],
    ['where one was missed', 2, 7, 3],
    ['on the day, told the day before', 0, 1, undefined],
    ['on the day, never told', 0, null, 1],
    ['too late', -1, null, undefined],
  ])('%s', (_, left, before, due) => expect(reminderDue(left, before)).toBe(due));
});

describe('days', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-06-30', 12, '2027-06-30'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-02-28', 1, '2026-03-31'], // what ends with a month goes on ending with months
    ['2026-04-30', 8, '2026-12-31'],
  ])('%s and %i months later', (from, months, to) => expect(monthsLater(from, months)).toBe(to));
  it.each([
    ['2026-06-01', '2026-06-08', 7],
    ['2026-10-24', '2026-10-26', 2], // over a change of clocks
    ['2026-06-02', '2026-06-01', -1],
  ])('from %s to %s', (from, to, days) => expect(daysBetween(from, to)).toBe(days));
});

describe('whose turn it is to sign', () => {
  const of = (...states: ('WAITING' | 'SIGNED' | 'DECLINED' | 'VOIDED')[]) =>
    states.map((state, i) => ({ id: `${i + 1}`, position: i + 1, state, side: 'OWN' as const, isSeal: false }));
  it.each([
    ['in order, the first', of('WAITING', 'WAITING'), 'IN_ORDER', ['1']],
    ['in order, behind those who have signed', of('SIGNED', 'WAITING', 'WAITING'), 'IN_ORDER', ['2']],
    ['in order, behind somebody who declined: nobody', of('DECLINED', 'WAITING'), 'IN_ORDER', []],
    ['in any order, all who have not', of('WAITING', 'SIGNED', 'WAITING'), 'ANY', ['1', '3']],
    ['when all have signed, nobody', of('SIGNED', 'SIGNED'), 'ANY', []],
  ] as const)('%s', (_, signers, order, turns) => expect(turnsOf([...signers], order).map(({ id }) => id)).toEqual(turns));
  const sealed = (...all: (readonly ['OWN' | 'COUNTERPARTY', 'WAITING' | 'SIGNED', boolean?])[]) =>
    all.map(([side, state, isSeal = false], i) => ({ id: `${i + 1}`, position: i + 1, state, side, isSeal }));
  it.each([
    ['before others inside', sealed(['OWN', 'WAITING'], ['COUNTERPARTY', 'SIGNED'], ['OWN', 'WAITING', true]), ['1']],
    [
      'behind them, whether or not the other side has',
      sealed(['OWN', 'SIGNED'], ['COUNTERPARTY', 'WAITING'], ['OWN', 'WAITING', true]),
      ['2', '3'],
    ],
    ['alone inside', sealed(['COUNTERPARTY', 'WAITING'], ['OWN', 'WAITING', true]), ['1', '2']],
  ] as const)('is that of the seal %s', (_, signers, turns) => expect(turnsOf([...signers], 'ANY').map(({ id }) => id)).toEqual(turns));
  it('is nobody’s who is none of them', () => expect(isTurnOf(of('WAITING'), 'x', 'ANY')).toBe(false));
});

describe('texts and numbers', () => {
  const clauses = [
    { heading: 'Price of {{goods}}', text: 'You pay {{ price }}, not {{price}} more.' },
    { heading: 'End', text: 'Then it ends: {{期限}}.' },
  ];
  it('knows the variables of clauses, each once', () => expect(variablesOf(clauses)).toEqual(['goods', 'price', '期限']));
  it('puts values in their place, and values are no variables', () =>
    expect(
      rendered(
        clauses,
        new Map([
          ['goods', 'saws'],
          ['price', '{{goods}}'],
          ['期限', 'soon'],
        ]),
      ),
    ).toBe('1. Price of saws\nYou pay {{goods}}, not {{goods}} more.\n\n2. End\nThen it ends: soon.'));
  it('hashes text as UTF-8', () => expect(sha256Of('合同')).toBe('06c891807ee3feec35e9eb7bad849ed186bd52f8ae6dfbd93886c001688afece'));
  it.each([
    ['CT-2606-A3K9Z0', 'CT-2606-A3K9Z0'],
    ['CT-2606-A3K9Z0-7Q2M4X', 'CT-2606-A3K9Z0'],
    ['CT-2026-000042-A1', 'CT-2026-000042'],
  ])('knows of %s what was amended first: %s', (number, base) => expect(baseNumber(number)).toBe(base));
  it.each([
    [125_000, 'CNY', 'CNY 1,250.00'],
    [1_250, 'JPY', 'JPY 1,250'],
  ])('tells %i of %s', (amount, currency, text) => expect(amountText({ amount, currency })).toBe(text));
});
