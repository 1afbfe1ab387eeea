import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { mutate, openTask } from '../../rules/world.fixture.ts';
import { orderFor } from '../../support/form-moves.ts';
import { publish } from '../../support/form-template.ts';
import { rowsOf } from '../contacts/contact.fixture.ts';
import { uploaded } from '../files/file.fixture.ts';

const DRAFT = `draft { id version savedAt template { id } lost { name label reason } answers { name value { text ... on FileValue { files { id name } } } } }`;
const call = (act: string, success: string) => `mutation ($input: ${act[0]!.toUpperCase()}${act.slice(1)}Input!) {
  it: ${act}(input: $input) {
    __typename
    ... on ${act[0]!.toUpperCase()}${act.slice(1)}Success { ${success} }
    ... on UserError { code path }
    ... on ValidationFailed { issues { path code } }
  }
}`;
const SAVE = call('saveFormDraft', DRAFT);
const COPY = call('copyForm', DRAFT);
const DELETE = call('deleteFormDraft', 'draftId');
const SUBMIT = call('submitForm', 'form { id customerState answers { name value { text ... on FileValue { files { id } } } } }');
const MINE = '{ myFormDrafts { nodes { id version } } }';

let server: TestServer;
let own: TestOrganization;
let templateId: string;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  own = await server.organization();
  const fields = [
    { name: 'wish', label: 'What may we do?', type: 'TEXT', required: true },
    { name: 'pieces', label: 'How many?', type: 'NUMBER', required: true },
    { name: 'plan', label: 'A plan?', type: 'FILE', required: false },
  ];
  templateId = await publish(server, own, { kind: 'GENERAL', name: 'Special wish', withConfirmation: false, fields });
});

const WISH = { field: 'wish', text: 'By the back door' };
const PIECES = { field: 'pieces', number: 3 };
const ask = async (seat: TestSeat, mutation: string, input: object) => {
  const { data, errors } = await seat.ask(mutation, { input });
  return errors[0] ? errors[0].extensions.code : data.it;
};
const save = (seat: TestSeat, input: object) => ask(seat, SAVE, input);
const begun = async (seat: TestSeat = own.customer, input: object = {}) =>
  (await save(seat, { templateId, values: [WISH], ...input })).draft as { id: string; version: number; answers: object[]; lost: object[] };
const mine = async (seat: TestSeat): Promise<string[]> => (await seat.query(MINE)).myFormDrafts.nodes.map(({ id }: { id: string }) => id);
/** Publishes a version whose field says something else. */
const republish = (change: string) =>
  rowsOf(
    server,
    own,
    `with next as (
       insert into form_template_versions (organization_id, template_id, version, id, with_confirmation, fields, published_at)
       select organization_id, template_id, 2, gen_random_uuid(), with_confirmation, ${change}, now() from form_template_versions
       where version = 1 and template_id = (select id from form_templates where kind = 'GENERAL') returning template_id)
     update form_templates set current_version = 2 where id = (select template_id from next)`,
  );

describe('a draft of a form (spec 6.12)', () => {
  it('keeps what there is by now, and is handed in with the rest', async () => {
    const draft = await begun();
    expect(draft).toMatchObject({ version: 1, lost: [], template: { id: templateId } });
    expect(draft.answers).toMatchObject([
      { name: 'wish', value: { text: 'By the back door' } },
      { name: 'pieces', value: null },
      { name: 'plan', value: null },
    ]);
    const again = await save(own.customer, {
      draftId: draft.id,
      expectedVersion: 1,
      values: [{ field: 'wish', text: 'By the front door' }],
    });
    expect(again.draft).toMatchObject({ id: draft.id, version: 2, answers: [{ value: { text: 'By the front door' } }, {}, {}] });
    const { form } = await ask(own.customer, SUBMIT, { templateId, draftId: draft.id, values: [PIECES] });
    expect(form.answers).toMatchObject([{ value: { text: 'By the front door' } }, { value: { text: '3' } }, { value: null }]);
    expect(await mine(own.customer)).toEqual([]);
  });
  it('asks for nothing; what is given must be of its kind', async () => {
    expect((await save(own.customer, { templateId, values: [] })).__typename).toBe('SaveFormDraftSuccess');
    const values = [
      { field: 'pieces', number: 'three' },
      { field: 'price', text: '1' },
    ];
    const refused = await save(own.customer, { templateId, values });
    expect(refused.issues).toEqual([
      { path: ['input', 'values', 'pieces', 'number'], code: 'NOT_A_NUMBER' },
      { path: ['input', 'values', 'price'], code: 'UNKNOWN_FIELD' },
    ]);
    expect(await mine(own.customer)).toHaveLength(1);
  });
  it('stays where what it holds is not enough to be handed in', async () => {
    const { id } = await begun();
    const refused = await ask(own.customer, SUBMIT, { templateId, draftId: id, values: [] });
    expect(refused.issues).toEqual([{ path: ['input', 'values', 'pieces'], code: 'REQUIRED' }]);
    expect(await mine(own.customer)).toEqual([id]);
  });
  it('of an employee is for a contact, for whom it is handed in', async () => {
    const { id } = await begun(own.owner, { contactId: own.customer.id });
    const { form } = await ask(own.owner, SUBMIT, { templateId, draftId: id, values: [PIECES] });
    expect((await own.customer.query('{ myForms { nodes { id onBehalf } } }')).myForms.nodes).toEqual([{ id: form.id, onBehalf: true }]);
    expect(await save(own.colleague, { templateId, contactId: own.customer.id, values: [] })).toBe('FORBIDDEN');
  });
  it('needs to know what of, and by which version', async () => {
    expect((await save(own.customer, { values: [] })).issues).toEqual([{ path: ['input', 'templateId'], code: 'REQUIRED' }]);
    const { id } = await begun();
    expect((await save(own.customer, { draftId: id, values: [] })).issues).toEqual([
      { path: ['input', 'expectedVersion'], code: 'REQUIRED' },
    ]);
    expect((await save(own.customer, { draftId: id, expectedVersion: 7, values: [] })).__typename).toBe('VersionConflict');
    const other = await publish(server, own, { kind: 'OTHER', name: 'Other', withConfirmation: false, fields: [] });
    await rowsOf(server, own, `update form_templates set kind = 'GENERAL' where kind = 'OTHER'`);
    const refused = await ask(own.customer, SUBMIT, { templateId: other, draftId: id, values: [] });
    expect(refused.issues).toEqual([{ path: ['input', 'templateId'], code: 'OTHER_TEMPLATE' }]);
  });
  it('is thrown away', async () => {
    const { id } = await begun();
    const plan = await uploaded(own.customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
    await save(own.customer, { draftId: id, expectedVersion: 1, values: [{ field: 'plan', uploadIds: [plan] }] });
    expect(await ask(own.customer, DELETE, { draftId: id })).toMatchObject({ draftId: id });
    expect(await rowsOf(server, own, `select kept_until <= now() as free from files`)).toEqual([{ free: true }]);
    expect(await ask(own.customer, DELETE, { draftId: id })).toMatchObject({ __typename: 'NotFound' });
  });
  it('loses its files with the day where nothing names them, and keeps those that it names', async () => {
    const send = () => uploaded(own.customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
    const [kept, loose] = [await send(), await send()];
    const draft = await begun(own.customer, { values: [WISH, PIECES, { field: 'plan', uploadIds: [kept] }] });
    expect(draft.answers[2]).toMatchObject({ name: 'plan', value: { files: [{ id: kept, name: 'plan.txt' }] } });
    const waiting = await rowsOf<{ kept: boolean }>(
      server,
      own,
      'select kept_until is not null kept from files order by kept_until nulls last',
    );
    expect(waiting).toEqual([{ kept: true }, { kept: false }]);
    expect(loose).not.toBe(kept);
    const { form } = await ask(own.customer, SUBMIT, { templateId, draftId: draft.id, values: [] });
    expect(form.answers[2]).toMatchObject({ value: { files: [{ id: kept }] } });
    const refused = await save(own.owner, { templateId, values: [{ field: 'plan', uploadIds: [kept] }] });
    expect(refused).toMatchObject({ __typename: 'NotFound', path: ['input', 'values', 'plan', 'uploadIds'] });
  });
});

describe('a draft whose template was published again', () => {
  it('tells what does not fit any more, and is not handed in with it', async () => {
    const draft = await begun(own.customer, { values: [WISH, { field: 'pieces', number: 90 }] });
    await republish(`jsonb_set(fields, '{1,max}', '"50"')`);
    const node = `query ($id: ID!) { node(id: $id) { ... on FormDraft { version lost { name reason } answers { value { text } } } } }`;
    const { node: found } = await own.customer.query(node, { id: draft.id });
    expect(found).toMatchObject({
      version: 1,
      lost: [{ name: 'pieces', reason: 'FIELD_CHANGED' }],
      answers: [{ value: { text: 'By the back door' } }, { value: null }, {}],
    });
    const refused = await ask(own.customer, SUBMIT, { templateId, draftId: draft.id, values: [] });
    expect(refused.issues).toEqual([{ path: ['input', 'values', 'pieces'], code: 'REQUIRED' }]);
    const saved = await save(own.customer, { draftId: draft.id, expectedVersion: 1, values: [PIECES] });
    expect(saved.draft).toMatchObject({ lost: [], answers: [{ value: { text: 'By the back door' } }, { value: { text: '3' } }, {}] });
  });
});

describe('whose draft it is', () => {
  it('nobody else comes to it, whatever their rights', async () => {
    const { id } = await begun();
    const theirs = await begun(own.owner);
    for (const seat of [own.admin, own.owner, own.supervisor, own.rival]) {
      expect((await seat.query('query ($id: ID!) { node(id: $id) { id } }', { id })).node).toBeNull();
      expect(await mine(seat)).not.toContain(id);
      for (const answer of [
        await save(seat, { draftId: id, expectedVersion: 1, values: [] }),
        await ask(seat, DELETE, { draftId: id }),
        await ask(seat, SUBMIT, { templateId, draftId: id, values: [WISH, PIECES] }),
      ])
        expect(answer).toMatchObject({ __typename: 'NotFound', path: ['input', 'draftId'] });
    }
    expect(await mine(own.customer)).toEqual([id]);
    expect(await mine(own.owner)).toEqual([theirs.id]);
  });
  it('a contact who is not at the window has none, and begins none', async () => {
    await begun();
    await rowsOf(server, own, 'delete from window_members');
    await expect.poll(async () => (await own.customer.ask(MINE)).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await save(own.customer, { templateId, values: [] })).toBe('FORBIDDEN');
  });
  it('is not of a template that is not for the contact, of a plugin’s kind, or unknown', async () => {
    const { formTemplates } = await own.admin.query('{ formTemplates { nodes { id kind } } }');
    const order = formTemplates.nodes.find(({ kind }: { kind: string }) => kind === 'ORDER').id;
    await rowsOf(server, own, `update form_templates set for_contacts = 'NONE' where kind = 'GENERAL'`);
    for (const of of [templateId, order, 'never issued'])
      expect(await save(own.customer, { templateId: of, values: [] })).toMatchObject({
        __typename: 'NotFound',
        path: ['input', 'templateId'],
      });
  });
});

describe('how many there are', () => {
  it('a hundred a seat, however many come at once', async () => {
    const { id } = await begun();
    await rowsOf(
      server,
      own,
      `insert into form_drafts (organization_id, id, seat_id, template_id, template_version, place, created_at, saved_at)
       select organization_id, gen_random_uuid(), seat_id, template_id, 1, n, now(), now() from form_drafts, generate_series(2, 97) n`,
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => save(own.customer, { templateId, values: [WISH] })));
    expect(answers.filter(({ __typename }) => __typename === 'SaveFormDraftSuccess')).toHaveLength(3);
    expect(answers.flatMap(({ issues }) => issues ?? [])).toEqual(Array.from({ length: 5 }, () => ({ path: ['input'], code: 'TOO_MANY' })));
    await ask(own.customer, DELETE, { draftId: id });
    expect((await save(own.customer, { templateId, values: [] })).__typename).toBe('SaveFormDraftSuccess');
    expect((await save(own.rival, { templateId, values: [] })).__typename).toBe('SaveFormDraftSuccess');
  });
  it('one form of one draft, however often it is handed in at once', async () => {
    const { id } = await begun(own.customer, { values: [WISH, PIECES] });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(own.customer, SUBMIT, { templateId, draftId: id, values: [] })));
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array.from({ length: 49 }, () => 'NotFound'),
      'SubmitFormSuccess',
    ]);
    expect((await own.customer.query('{ myForms { totalCount } }')).myForms.totalCount).toBe(1);
  });
});

describe('a copy of a form (spec 6.12)', () => {
  const sent = async (seat: TestSeat = own.customer, more: object = {}): Promise<string> =>
    (await ask(seat, SUBMIT, { templateId, values: [WISH, PIECES], ...more })).form.id;
  it('of one that was rejected is put right and handed in again', async () => {
    const formId = await sent();
    expect(await ask(own.customer, COPY, { formId })).toMatchObject({ __typename: 'FormMoveNotAllowed' });
    await mutate(own.owner, 'rejectFormTask', { taskId: await openTask(own.owner, formId) });
    const { draft } = await ask(own.customer, COPY, { formId });
    expect(draft).toMatchObject({
      version: 1,
      lost: [],
      answers: [{ value: { text: 'By the back door' } }, { value: { text: '3' } }, { value: null }],
    });
    const { form } = await ask(own.customer, SUBMIT, { templateId, draftId: draft.id, values: [{ field: 'pieces', number: 1 }] });
    expect(form.id).not.toBe(formId);
  });
  it('of one that was withdrawn has what fits the template as it is now', async () => {
    const formId = await sent();
    await mutate(own.customer, 'withdrawForm', { formId });
    await republish('fields - 0');
    expect((await ask(own.customer, COPY, { formId })).draft).toMatchObject({
      lost: [{ name: 'wish', label: 'What may we do?', reason: 'FIELD_GONE' }],
      answers: [{ name: 'pieces', value: { text: '3' } }, { name: 'plan' }],
    });
  });
  it('is for whoever has handed it in, and for nobody else who reads it', async () => {
    const formId = await sent(own.supervisor, { contactId: own.customer.id });
    await mutate(own.customer, 'withdrawForm', { formId });
    expect((await ask(own.supervisor, COPY, { formId })).__typename).toBe('CopyFormSuccess');
    expect((await ask(own.customer, COPY, { formId })).__typename).toBe('CopyFormSuccess');
    expect(await ask(own.owner, COPY, { formId })).toBe('FORBIDDEN');
    expect(await ask(own.admin, COPY, { formId })).toBe('FORBIDDEN');
    expect(await ask(own.rival, COPY, { formId })).toMatchObject({ __typename: 'NotFound' });
  });
  it('is none of an order, which has a mutation of its own', async () => {
    const { formId, task } = await orderFor(own.owner, own.customer);
    await mutate(own.owner, 'rejectFormTask', { taskId: task.id });
    expect((await ask(own.customer, COPY, { formId })).issues).toEqual([{ path: ['input', 'formId'], code: 'NOT_COPIED' }]);
  });
});
