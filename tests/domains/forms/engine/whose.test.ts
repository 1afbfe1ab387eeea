import { describe, expect, it } from 'vitest';
import { stoodFor, turnFor, whoApproved, whose } from '../../../../src/domains/forms/engine/whose.ts';

describe('whom a turn is for (spec 6.10)', () => {
  it.each([
    ['its holder', { holder: 'a', for: null }, ['a'], []],
    ['somebody else', { holder: 't', for: 'a' }, ['a'], ['a']],
    ['two', { holder: 't', for: 'a', alsoFor: ['b'] }, ['a', 'b'], ['a', 'b']],
    ['its holder, and another', { holder: 'a', for: null, alsoFor: ['b'] }, ['a', 'b'], ['b']],
    ['nobody yet', { holder: null, for: null }, [], []],
  ])('%s', (_, turn, all, others) => {
    expect([whose(turn), stoodFor(turn)]).toEqual([all, others]);
    expect(turnFor(turn.holder, whose(turn))).toEqual(turn);
  });
});

describe('who has approved in somebody’s place (spec 6.2)', () => {
  it.each([
    ['not their own', [{ holder: 'a', for: null }], false],
    ['another’s', [{ holder: 'a', for: 'b' }], true],
    ['another’s with their own', [{ holder: 'a', for: null, alsoFor: ['b'] }], true],
    [
      'another’s before their own',
      [
        { holder: 'a', for: 'b' },
        { holder: 'a', for: null },
      ],
      true,
    ],
    ['nobody has', [{ holder: null, for: null }], undefined],
  ] as const)('%s', (_, turns, expected) => expect(whoApproved(turns).get('a')).toBe(expected));
});
