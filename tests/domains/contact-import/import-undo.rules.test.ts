import { describe, expect, it } from 'vitest';
import type { After, Before } from '../../../src/domains/contact-import/contact-import.entity.ts';
import { backTo, isWhole, shownAfter } from '../../../src/domains/contact-import/import-undo.rules.ts';
import type { KnownContact } from '../../../src/domains/contacts/index.ts';
import { builtInKinds, type FieldDefinition } from '../../../src/platform/fields/index.ts';

const tag = (id: string, group_id: string) => ({ id, group_id, name: id });
const [key, regular, later, asleep] = [tag('key', 'level'), tag('regular', 'level'), tag('later', 'stage'), tag('asleep', 'stage')];
const plate: FieldDefinition = { id: 'f1', name: 'plate', label: 'Plate', kind: 'TEXT', required: false };
const desk = { phone: '+8657188880000', extension: null, kind: 'WORK' as const, label: null };
const texts = { company: 'Riverside', position: null, address: null, email: null, remark: null };
const before: Before = {
  name: 'Before',
  ...texts,
  ownerId: 'e1',
  tagIds: ['key'],
  sharedTooIds: ['e3'],
  fieldValues: { f1: 'A' },
  furtherPhones: [],
};
const after: After = {
  ...{ name: 'After', ...texts, company: 'Harbour', position: 'Boss', ownerId: 'e2', tagIds: ['regular', 'later'] },
  ...{ fieldValues: { f1: 'B' }, furtherPhones: [desk], kinds: { f1: 'TEXT' } },
};
const known = (given: Partial<KnownContact> = {}): KnownContact => ({
  ...{ id: 'c', version: 2, phone: '+8613800000001', phoneExtension: null, source: 'MANUAL', lastInteractionAt: null },
  ...{ name: after.name, ...texts, company: 'Harbour', position: 'Boss', ownerId: 'e2', furtherPhones: [desk] },
  ...{ fieldValues: { f1: 'B' }, tags: [regular, later], sharees: new Set(['e3', 'e4']) },
  ...given,
});
const person = (id: string, isHere = true) => [id, { id, name: id, isHere }] as const;
const facts = {
  people: new Map([person('e1'), person('e2'), person('e3'), person('e4')]),
  tags: [key, regular, later, asleep],
  fields: { own: [plate], country: 'CN', kinds: builtInKinds },
};
const back = (
  now: Partial<KnownContact> = {},
  more: Partial<typeof facts> = {},
  did: { before?: Partial<Before>; after?: Partial<After> } = {},
) => {
  const of = { before: { ...before, ...did.before }, after: { ...after, ...did.after } };
  const change = backTo(known(now), of, { ...facts, ...more });
  const { name, company, position, owner, tags, values, furtherPhones, unshared = [] } = change;
  return {
    ...{ name, company, position, owner: owner.id, tags: tags.map(({ id }) => id), values, further: furtherPhones.length },
    ...{ unshared: unshared.map(({ id }) => id), isWhole: isWhole(change, of) },
  };
};
const WHOLE = {
  ...{ name: 'Before', company: 'Riverside', position: null, owner: 'e1', tags: ['key'], values: { f1: 'A' }, further: 0 },
  ...{ unshared: ['e3'], isWhole: true },
};

describe('what a row of an import did is taken back (spec 3.12)', () => {
  it.each([
    ['all of it, where all reads as it left it', {}, {}, {}],
    ['but for a text that reads otherwise', { company: 'Elsewhere' }, {}, { company: 'Elsewhere', isWhole: false }],
    ['but for an owner who came since', { ownerId: 'e4' }, {}, { owner: 'e4', isWhole: false }],
    ['but for an owner who has left', {}, { people: new Map([...facts.people, person('e1', false)]) }, { owner: 'e2', isWhole: false }],
    ['but for phones that came since', { furtherPhones: [desk, desk] }, {}, { further: 2, isWhole: false }],
    ['but for a value that reads otherwise', { fieldValues: { f1: 'C' } }, {}, { values: { f1: 'C' }, isWhole: false }],
    ['shares that are there still', { sharees: new Set(['e4']) }, {}, { unshared: [] }],
    ['a tag that came by itself stays', { tags: [regular, later, tag('own', 'third')] }, {}, { tags: ['own', 'key'], isWhole: false }],
    ['a tag in whose place is another stays', { tags: [key, asleep] }, {}, { tags: ['key', 'asleep'], isWhole: false }],
    [
      'a tag that is no more does not come back',
      { tags: [regular, asleep] },
      { tags: [regular, asleep] },
      { tags: ['asleep'], isWhole: false },
    ],
    ['the last tag stays', { tags: [regular] }, { tags: [regular] }, { tags: ['regular'], isWhole: false }],
  ])('%s', (_, now, more, expected) => {
    expect(back(now, more)).toEqual({ ...WHOLE, ...expected });
  });

  it('and nothing of what it did not touch', () => {
    const did = { before: { ...after, name: 'Before', sharedTooIds: [] } };
    const now = { tags: [regular, asleep], fieldValues: { f1: 'Other' }, ownerId: 'e4', position: null, furtherPhones: [] };
    expect(back(now, {}, did)).toEqual({
      ...{ name: 'Before', company: 'Harbour', position: null, owner: 'e4', tags: ['regular', 'asleep'], values: { f1: 'Other' } },
      ...{ further: 0, unshared: [], isWhole: true },
    });
  });

  it.each([
    ['all of it, where settings have changed nothing', [], [plate], {}],
    ['but for tags, where settings have changed some', ['tags'], [plate], { tags: ['regular', 'later'] }],
    ['but for values, where settings have changed some', ['plate'], [plate], { values: { f1: 'B' } }],
    ['but for values of a field of which nothing is known', [], [], { values: { f1: 'B' } }],
    ['but for values of a field of another kind by now', [], [{ ...plate, kind: 'PARAGRAPH' }], { values: { f1: 'B' } }],
    ['where a department went', ['sharedWith'], [plate], {}],
  ])('of rows of which what they left was not kept: %s', (_, settings, asked, expected) => {
    const did = { after: shownAfter(known(), before, { bySettings: new Set(settings as string[]), asked: asked as FieldDefinition[] }) };
    expect(back({}, {}, did)).toMatchObject({ name: 'Before', tags: ['key'], values: { f1: 'A' }, owner: 'e1', ...expected });
  });
});
