import { describe, expect, it } from 'vitest';
import { NO_ID, uuidv7 } from '../../../src/platform/database/uuid.ts';
import { decodeAnyId, decodeGlobalId, encodeGlobalId, readGlobalId, typeTag } from '../../../src/platform/schema/global-id.ts';

const UUID = '01980000-0000-7abc-8def-00000000000a';
const ID = encodeGlobalId('Contact', UUID);

describe('a global id', () => {
  it('is 24 characters that tell the type and the UUID, to whoever has the code', () => {
    expect(ID).toMatch(/^[A-Za-z0-9_-]{24}$/);
    expect(decodeGlobalId('Contact', ID)).toBe(UUID);
    expect(readGlobalId(ID)).toEqual({ tag: typeTag('Contact').toString('hex'), uuid: UUID });
  });
  it('comes back as it went, whatever its bits', () => {
    for (const uuid of [
      NO_ID,
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
      '3f3f3f3f-ffbe-7fff-bfff-fbefbefbefbe',
      ...Array.from({ length: 100 }, uuidv7),
    ]) {
      const id = encodeGlobalId('Tag', uuid);
      expect(decodeGlobalId('Tag', id)).toBe(uuid);
      expect(id).toMatch(/^[A-Za-z0-9_-]{24}$/);
    }
  });
  it('of any type tells its UUID to whoever takes them all', () => {
    expect(decodeAnyId(ID)).toBe(UUID);
    expect(decodeAnyId(encodeGlobalId('Tag', UUID))).toBe(UUID);
    expect(['nonsense', '', 7, null].map(decodeAnyId)).toEqual([NO_ID, NO_ID, NO_ID, NO_ID]);
  });
  it('of another type is one that was never issued', () => {
    expect(decodeGlobalId('Employee', ID)).toBe(NO_ID);
    expect(encodeGlobalId('Employee', UUID)).not.toBe(ID);
  });
  it.each([
    ['nothing', ''],
    ['null', null],
    ['a number', 7],
    ['an object', { toString: () => ID }],
    ['a UUID', UUID],
    ['one character less', ID.slice(1)],
    ['one character more', `${ID}A`],
    ['base64 that is not for URLs', `${ID.slice(0, 23)}+`],
    ['padding', `${ID.slice(0, 22)}==`],
    ['a line break', `${ID}\n`],
    ['other letters', 'Ⅸ'.repeat(24)],
    ['SQL', `${ID.slice(0, 12)}' or 1=1 --`],
  ])('that was made up is one that was never issued: %s', (_, id) => {
    expect(decodeGlobalId('Contact', id)).toBe(NO_ID);
    expect(readGlobalId(id)).toBeUndefined();
  });
});
