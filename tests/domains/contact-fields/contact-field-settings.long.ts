import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { added, codes, outcome } from '../contacts/contact.fixture.ts';
import { ADD_FIELD, DELETE_FIELD, FIELDS, field, fieldNamed, MOVE_FIELD, READ, textsOf, UPDATE_FIELD } from './contact-fields.fixture.ts';

let server: TestServer;
let own: TestOrganization;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  own = await server.organization();
});
afterAll(() => server.stop());

const names = async () => (await own.owner.query('{ contactFields { name } }')).contactFields.map(({ name }: { name: string }) => name);
const BUILT_IN = ['name', 'phone', 'tags', 'company', 'position', 'address', 'email', 'remark', 'owner', 'sharedWith'];
const edit = async (name: string, input: object) => {
  const { id, version } = await fieldNamed(own, name);
  return outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, ...input });
};
/** As a server wrote it that did not know the column. */
async function withOldLabel(name: string, label: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.databaseUrl });
  await client.connect();
  await client.query('update contact_fields set label = $2, label_key = lower($2) where name = $1', [name, label]);
  await client.end();
}
const holder = (values: object[]) => added(own.owner, own, { customFields: values });

describe('the fields of contacts (spec 3.10)', () => {
  it('are the built-in ones to begin with, called in the language of whoever asks', async () => {
    expect(await names()).toEqual(BUILT_IN);
    const { contactFields } = await own.owner.query('{ contactFields { label builtIn required position } }');
    expect(contactFields[0]).toEqual({ label: 'Name', builtIn: true, required: true, position: 1 });
    const { data } = await own.owner.ask('{ contactFields { label } }', {}, { 'accept-language': 'zh-CN' });
    expect(data.contactFields[0].label).toBe('姓名');
  });

  it('are added behind the others, with what their kind is told', async () => {
    const industry = await field(own, 'industry', 'CHOICE', {
      label: '行业',
      options: [{ label: 'Retail' }, { label: 'Wholesale' }],
      visibleToContact: true,
    });
    expect(industry).toMatchObject({
      name: 'industry',
      label: '行业',
      kind: 'CHOICE',
      builtIn: false,
      required: false,
      visibleToContact: true,
      position: 11,
      usage: 0,
    });
    expect(industry.options.map(({ label }) => label)).toEqual(['Retail', 'Wholesale']);
    expect(await field(own, '年销售额', 'MONEY', { min: '0', required: true })).toMatchObject({
      label: '年销售额',
      min: '0',
      required: true,
    });
    expect(await names()).toEqual([...BUILT_IN, 'industry', '年销售额']);
  });

  it.each([
    ['a kind that there is not', { kind: 'COLOUR' }, 'kind', 'UNKNOWN_KIND'],
    ['line items', { kind: 'LINES' }, 'kind', 'UNKNOWN_KIND'],
    ['a choice without options', { kind: 'CHOICE' }, 'options', 'NO_OPTIONS'],
    ['what its kind does not know', { kind: 'TEXT', decimals: 2 }, 'decimals', 'UNKNOWN_SETTING'],
    ['bounds the wrong way round', { kind: 'NUMBER', min: '2', max: '1' }, 'min', 'MIN_ABOVE_MAX'],
    ['the name of a built-in one', { name: 'Phone', kind: 'TEXT' }, 'name', 'TAKEN'],
    ['the label of a built-in one', { label: '邮箱', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['the name of a column of exports', { name: 'lastInteractionAt', kind: 'TEXT' }, 'name', 'TAKEN'],
    ['the name of further phones', { name: 'furtherPhones', kind: 'TEXT' }, 'name', 'TAKEN'],
    ['the header of further phones', { label: 'Further  phones', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['the header of further phones, in the other language', { label: '其他电话', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['what tables also call a column', { label: 'Mobile', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['what tables also call a column, and no label', { name: 'mobile', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['the header of the reasons beside rejected rows', { label: 'reason', kind: 'TEXT' }, 'label', 'TAKEN'],
    ['the header of their numbers', { label: '行号', kind: 'TEXT' }, 'label', 'TAKEN'],
  ])('are refused with %s', async (_, input, at, code) => {
    const refused = await outcome(own.admin, ADD_FIELD, { name: 'odd', ...input });
    expect(refused.issues[0]).toMatchObject({ path: ['input', at], code });
    expect(await names()).toEqual(BUILT_IN);
  });

  it('are of kinds that whoever names none of them is told', async () => {
    const { issues } = await outcome(own.admin, ADD_FIELD, { name: 'odd', kind: 'COLOUR' });
    expect(issues[0].message).toMatch(/TEXT, PARAGRAPH, .*MONEY/);
    expect(issues[0].message).not.toMatch(/LINES|SIGNATURE|EXPLANATION/);
  });

  it('have one name and one label each, also of two that are added at once', async () => {
    const twins = await Promise.all([1, 2].map(() => outcome(own.admin, ADD_FIELD, { name: 'grade', kind: 'TEXT' })));
    expect(twins.map(({ __typename }) => __typename).sort()).toEqual(['AddContactFieldSuccess', 'ValidationFailed']);
    expect(await outcome(own.admin, ADD_FIELD, { name: 'other', label: 'ＧＲＡＤＥ', kind: 'TEXT' })).toMatchObject({
      issues: [{ path: ['input', 'label'], code: 'TAKEN' }],
    });
    expect(await names()).toEqual([...BUILT_IN, 'grade']);
  });

  it('are ninety at the most beside the built-in ones', async () => {
    for (let i = 0; i < 90; i++) await field(own, `f${i}`, 'TEXT');
    expect(await outcome(own.admin, ADD_FIELD, { name: 'f90', kind: 'TEXT' })).toMatchObject({ issues: [{ code: 'TOO_MANY' }] });
    expect(await names()).toHaveLength(100);
  });

  it('are changed by admins with CONTACTS for the whole organization alone; every employee reads them, but not how many use them', async () => {
    const { id } = await field(own, 'grade', 'TEXT');
    for (const seat of [own.owner, own.supervisor, own.colleague, own.formsAdmin, own.scopedAdmin]) {
      expect(await codes(seat, ADD_FIELD, { name: 'x', kind: 'TEXT' })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, MOVE_FIELD, { fieldId: id, position: 1 })).toEqual(['FORBIDDEN']);
      expect(await codes(seat, DELETE_FIELD, { fieldId: id })).toEqual(['FORBIDDEN']);
      const { data, errors } = await seat.ask(FIELDS, {});
      expect(data.contactFields.at(-1)).toMatchObject({ name: 'grade', usage: null });
      expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
    }
    const other = await server.organization();
    expect(await outcome(other.admin, DELETE_FIELD, { fieldId: id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('changing a field of contacts (spec 3.10)', () => {
  it('renames it, requires it and shows it, and its values stay', async () => {
    await field(own, 'grade', 'TEXT');
    const { id } = await holder([{ field: 'grade', text: 'A' }]);
    expect(await edit('grade', { label: 'Class', required: true, visibleToContact: true })).toMatchObject({
      field: { name: 'grade', label: 'Class', required: true, visibleToContact: true, usage: 1 },
    });
    expect(await textsOf(own, id)).toEqual({ grade: 'A' });
  });

  it('is refused the header of a column, and keeps one that it has had', async () => {
    await field(own, 'grade', 'TEXT');
    expect(await edit('grade', { label: '原因' })).toMatchObject({ issues: [{ path: ['input', 'label'], code: 'TAKEN' }] });
    await withOldLabel('grade', 'Reason');
    expect(await edit('grade', { label: 'Reason', required: true })).toMatchObject({ field: { label: 'Reason', required: true } });
  });

  it('is refused to whoever has read an older version', async () => {
    const { id, version } = await field(own, 'grade', 'TEXT');
    await edit('grade', { label: 'Class' });
    expect(await outcome(own.admin, UPDATE_FIELD, { fieldId: id, expectedVersion: version, label: 'Sort' })).toMatchObject({
      code: 'VERSION_CONFLICT',
    });
  });

  it('changes the kind where every value fits, each kept as the new kind keeps it', async () => {
    await field(own, 'grade', 'TEXT');
    const [one, other] = [await holder([{ field: 'grade', text: '1,000' }]), await holder([{ field: 'grade', text: '12.50' }])];
    await holder([{ field: 'grade', text: '7' }]);
    for (const confirmRewritten of [undefined, 1, 3])
      expect(await edit('grade', { kind: 'NUMBER', confirmRewritten })).toMatchObject({
        __typename: 'ContactFieldValuesRewritten',
        rewritten: 2,
        from: '1,000',
        to: '1000',
      });
    expect(await textsOf(own, one.id)).toEqual({ grade: '1,000' });
    expect(await edit('grade', { kind: 'NUMBER', confirmRewritten: 2 })).toMatchObject({ field: { kind: 'NUMBER', usage: 3 } });
    expect(await textsOf(own, one.id)).toEqual({ grade: '1000' });
    expect(await textsOf(own, other.id)).toEqual({ grade: '12.5' });
    const { contact } = await own.admin.query(READ, { id: one.id });
    expect(contact.history.nodes[0]).toEqual({ field: 'grade', from: '1,000', to: '1000' });
    const { contacts } = await own.admin.query(
      '{ contacts(where: { values: [{ field: "grade", number: { greaterThan: 100 } }] }) { nodes { id } } }',
    );
    expect(contacts.nodes).toEqual([{ id: one.id }]);
  });

  it('tells how many values do not fit, those in the bin too, and changes nothing', async () => {
    await field(own, 'grade', 'TEXT');
    await holder([{ field: 'grade', text: '1' }]);
    const { id } = await holder([{ field: 'grade', text: 'A' }]);
    await own.admin.query('mutation ($ids: [ID!]!) { deleteContacts(input: { contactIds: $ids }) { __typename } }', { ids: [id] });
    await holder([{ field: 'grade', text: 'B' }]);
    expect(await edit('grade', { kind: 'NUMBER' })).toMatchObject({ __typename: 'ContactFieldValuesDoNotFit', usage: 3, misfits: 2 });
    expect(await edit('grade', { maxLength: 0 })).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await fieldNamed(own, 'grade')).toMatchObject({ kind: 'TEXT', version: 1, usage: 2 });
  });

  it('narrows what a kind takes where every value fits, and takes no option away that is in use', async () => {
    const { options } = await field(own, 'industry', 'CHOICE', { options: [{ label: 'Retail' }, { label: 'Wholesale' }] });
    await holder([{ field: 'industry', optionIds: [options[0]!.id] }]);
    expect(await edit('industry', { options: [{ label: 'Wholesale' }] })).toMatchObject({ misfits: 1 });
    const shops = await edit('industry', { options: [{ id: options[0]!.id, label: 'Shops' }] });
    expect(shops.field.options).toEqual([{ id: options[0]!.id, label: 'Shops', parentId: null }]);
    await field(own, 'size', 'NUMBER');
    await holder([{ field: 'size', number: '7' }]);
    expect(await edit('size', { max: '5' })).toMatchObject({ misfits: 1 });
    expect(await edit('size', { max: '7' })).toMatchObject({ field: { max: '7' } });
    expect(await edit('size', { max: '' })).toMatchObject({ field: { max: null } });
  });

  it('turns options into texts and back, and files into nothing', async () => {
    const { options } = await field(own, 'industry', 'CHOICE', { options: [{ label: 'Retail' }, { label: 'Wholesale' }] });
    const { id } = await holder([{ field: 'industry', optionIds: [options[1]!.id] }]);
    expect(await edit('industry', { kind: 'TEXT' })).toMatchObject({ field: { kind: 'TEXT', options: [] } });
    expect(await textsOf(own, id)).toEqual({ industry: 'Wholesale' });
    expect(await edit('industry', { kind: 'CHOICES', options: [{ label: 'wholesale' }], confirmRewritten: 1 })).toMatchObject({
      field: { kind: 'CHOICES' },
    });
    expect(await textsOf(own, id)).toEqual({ industry: 'wholesale' });
  });

  it('lets a built-in one be required where that makes sense, and nothing else', async () => {
    expect(await edit('email', { required: true })).toMatchObject({ field: { name: 'email', required: true } });
    for (const [name, input] of [
      ['phone', { required: false }],
      ['owner', { required: true }],
      ['email', { label: 'Mail' }],
      ['email', { kind: 'TEXT' }],
      ['email', { visibleToContact: true }],
    ] as const)
      expect(await edit(name, input)).toMatchObject({ __typename: 'ContactFieldBuiltIn' });
    const { id } = await fieldNamed(own, 'email');
    expect(await outcome(own.admin, DELETE_FIELD, { fieldId: id })).toMatchObject({ __typename: 'ContactFieldBuiltIn' });
    expect(await names()).toEqual(BUILT_IN);
  });

  it('puts each at another place, built-in ones too', async () => {
    const { id } = await field(own, 'grade', 'TEXT');
    expect(await outcome(own.admin, MOVE_FIELD, { fieldId: id, position: 2 })).toMatchObject({ field: { position: 2 } });
    const { id: remark } = await fieldNamed(own, 'remark');
    await outcome(own.admin, MOVE_FIELD, { fieldId: remark, position: 1 });
    expect(await names()).toEqual(['remark', 'name', 'grade', ...BUILT_IN.slice(1).filter((name) => name !== 'remark')]);
    expect((await own.admin.query(FIELDS)).contactFields.map(({ position }: { position: number }) => position)).toEqual(
      Array.from({ length: 11 }, (_, i) => i + 1),
    );
  });
});

describe('deleting a field of contacts (spec 3.10)', () => {
  it('tells how many contacts have a value, and takes it from them once that is confirmed', async () => {
    await field(own, 'first', 'TEXT');
    const { id } = await field(own, 'grade', 'TEXT');
    const one = await holder([
      { field: 'grade', text: 'A' },
      { field: 'first', text: 'kept' },
    ]);
    await holder([{ field: 'grade', text: 'B' }]);
    for (const confirmUsage of [undefined, 1, 3])
      expect(await outcome(own.admin, DELETE_FIELD, { fieldId: id, confirmUsage })).toMatchObject({
        __typename: 'ContactFieldInUse',
        usage: 2,
      });
    expect(await textsOf(own, one.id)).toEqual({ first: 'kept', grade: 'A' });
    expect(await outcome(own.admin, DELETE_FIELD, { fieldId: id, confirmUsage: 2 })).toMatchObject({ changed: 2, fieldId: id });
    const { contact } = await own.admin.query(READ, { id: one.id });
    expect(contact.customFields.map(({ text }: { text: string }) => text)).toEqual(['kept']);
    expect(contact.history.nodes[0]).toEqual({ field: 'grade', from: 'A', to: null });
    expect(contact.version).toBe(2);
    expect(await names()).toEqual([...BUILT_IN, 'first']);
  });

  it('lets another field of the name begin empty', async () => {
    const { id } = await field(own, 'grade', 'TEXT');
    const one = await holder([{ field: 'grade', text: 'A' }]);
    await outcome(own.admin, DELETE_FIELD, { fieldId: id, confirmUsage: 1 });
    expect(await field(own, 'grade', 'TEXT')).toMatchObject({ usage: 0 });
    expect(await textsOf(own, one.id)).toEqual({});
    expect(
      (await own.admin.query('{ contacts(where: { values: [{ field: "grade", isFilled: true }] }) { totalCount } }')).contacts.totalCount,
    ).toBe(0);
  });
});
