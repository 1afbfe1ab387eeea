import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges } from 'graphql';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
/** What front ends of the last release may find changed: each is told in the changelog. */
const TOLD: Readonly<Record<string, readonly RegExp[]>> = {
  'Places in streams are of the scalar `EventCursor`': [
    /liveCursor changed type from Cursor to EventCursor/,
    /^(BusinessForm|MyForms|MyTasks)Event\.cursor changed type from Cursor! to EventCursor!/,
    /^Subscription\.\w+ arg after has changed type from Cursor to EventCursor/,
  ],
  '`Contact.customFields` is a list of `FieldValue`': [/^Contact\.customFields changed type from JSON/],
  '`FormAnswer.value` is a `FieldValue`': [
    /^FormAnswer\.value changed type from JSON/,
    /^SubmitFormInput\.values changed type from JSON!/,
    /^JSON was removed/,
  ],
  'The portal has no `Product.version`': [/^Product\.version was removed/],
  '`ServiceWindow.openedAt` is null': [/^ServiceWindow\.openedAt changed type from DateTime! to DateTime/],
};
const broken = (name: string): string[] =>
  findBreakingChanges(buildSchema(read(`tests/released/0.1.0/${name}`)), buildSchema(read(name))).map(({ description }) => description);
const all = ['schema.graphql', 'schema.portal.graphql'].flatMap((name) => broken(name).map((change) => ({ name, change })));

describe('front ends of the last release', () => {
  it('go on, but for what the changelog tells', () => {
    const patterns = Object.values(TOLD).flat();
    expect(all.filter(({ change }) => !patterns.some((pattern) => pattern.test(change)))).toEqual([]);
  });
  it.each(Object.entries(TOLD))('are told of %s', (words, patterns) => {
    for (const pattern of patterns) expect(all.some(({ change }) => pattern.test(change))).toBe(true);
    expect(read('CHANGELOG.md').split('## [0.1.0]')[0]).toContain(words);
  });
});
