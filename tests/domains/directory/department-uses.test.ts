import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestOrganization } from '../../../src/testing/test-organization.ts';
import { newPhone } from '../../../src/testing/test-organization.ts';
import { startTestServer, type TestServer } from '../../../src/testing/test-server.ts';
import { bare } from '../../support/says.ts';
import { outcome } from '../contacts/contact.fixture.ts';
import { drafted, edit, publishDraft, published, reasonsOf, WISH } from '../form-designer/designer.fixture.ts';
import { APPLICATIONS, APPLY, makeLink, outcomeOf, REFUSE, REVOKE, UPDATE } from '../joining/joining.fixture.ts';
import { ADD_DEPARTMENT, departmentIds, REMOVE_DEPARTMENT } from './directory.fixture.ts';

// Nobody is in the department: what else stands on it (spec 10.1).

let now = new Date('2026-06-01T08:00:00Z');
const inHours = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
let server: TestServer;
let own: TestOrganization;
/** Nobody is in it. */
let empty: string;
beforeAll(async () => {
  server = await startTestServer({ now: () => now });
});
beforeEach(async () => {
  own = await server.organization();
  empty = (await own.admin.does(ADD_DEPARTMENT, { input: { name: 'Empty' } })).department.id;
});
afterAll(() => server.stop());

const removes = (more: object = {}) => outcome(own.admin, REMOVE_DEPARTMENT, { departmentId: empty, ...more });
const REMOVED = { __typename: 'RemoveDepartmentSuccess' };
const stands = (what: string, count = 1) => ({
  __typename: 'DepartmentNotEmpty',
  members: 0,
  shares: 0,
  rightHolders: [],
  uses: [{ what, count }],
});

describe('a department that links to the window give contacts to in turn (spec 5.5)', () => {
  const inTurn = (more: object = {}) => makeLink(own.admin, { ownerRule: 'DEPARTMENT', departmentId: empty, ...more });

  it('stays while there are some, and says how many in both languages, whatever ends with it', async () => {
    const links = [await inTurn(), await inTurn({ maxApplications: 1 }), await inTurn({ expiresAt: inHours(1) })];
    await makeLink(own.admin, { ownerRule: 'DEPARTMENT', departmentId: (await departmentIds(own)).Sales });
    expect(await removes({ endShares: true })).toMatchObject({
      ...stands('WINDOW_LINKS', 3),
      message:
        'Nobody is in this department any more, but this is for it: 3 links to the window that give contacts to its members in turn (`updateWindowLink`, `revokeWindowLink`; whoever has applied is decided on).',
    });
    const { data } = await own.admin.ask(REMOVE_DEPARTMENT, { input: { departmentId: empty } }, { 'accept-language': 'zh-CN' });
    expect(data.removeDepartment).toMatchObject({
      message: expect.stringContaining('3 个由该部门成员轮流接待的窗口链接'),
      uses: [{ message: expect.stringContaining('revokeWindowLink') }],
    });
    await own.admin.does(REVOKE, { input: { linkId: links[0].id } });
    await own.admin.does(UPDATE, { input: { linkId: links[1].id, expectedVersion: links[1].version, ownerRule: 'SHARER' } });
    expect(await removes()).toMatchObject(stands('WINDOW_LINKS', 1));
    now = new Date(inHours(1));
    expect(await removes()).toMatchObject(REMOVED);
  });

  it('stays while somebody waits who came by one that has ended', async () => {
    const link = await inTurn();
    await server.nobody.does(APPLY, { input: { code: link.code, name: 'Hu Yan', phone: newPhone() } });
    await own.admin.does(REVOKE, { input: { linkId: link.id } });
    expect(await removes()).toMatchObject(stands('WINDOW_LINKS'));
    const [{ id }] = (await own.admin.query(APPLICATIONS, {})).joinApplications.nodes;
    await own.admin.does(REFUSE, { input: { applicationIds: [id], reason: 'Not now' } });
    expect(await removes()).toMatchObject(REMOVED);
  });

  it('gone, it comes back by no link that had ended; the link begins again with another', async () => {
    const { id: linkId, version: expectedVersion } = await inTurn({ expiresAt: inHours(1) });
    now = new Date(inHours(1));
    expect(await removes()).toMatchObject(REMOVED);
    const again = { linkId, expectedVersion, expiresAt: inHours(1) };
    expect(await outcomeOf(own.admin, UPDATE, again)).toMatchObject({ code: 'NOT_FOUND', path: ['input', 'departmentId'] });
    const { Sales } = await departmentIds(own);
    expect(await outcomeOf(own.admin, UPDATE, { ...again, departmentId: Sales })).toMatchObject({ link: { department: { id: Sales } } });
  });
});

describe('a department whose supervisors are asked by forms (spec 6.1)', () => {
  const asking = (departmentId: string | undefined) => ({
    fields: [{ ...WISH, required: false }],
    flow: {
      steps: [
        { name: 'Yes', mode: 'ANY', approvers: [{ owner: true }, ...(departmentId ? [{ supervisorsOfDepartmentId: departmentId }] : [])] },
      ],
    },
  });
  const template = async (departmentId = empty) => {
    const { id, version, outcome: done } = await published(own.formsAdmin, asking(departmentId));
    expect(done).toMatchObject({ __typename: 'PublishFormTemplateSuccess' });
    return { id, version };
  };
  const act = (name: string, input: object) => own.formsAdmin.does(bare(name), { input });
  const submits = (templateId: string) =>
    own.customer.does(bare('submitForm'), { input: { templateId, values: [], idempotencyKey: templateId } });
  const decides = async () => {
    const [{ id }] = (await own.owner.query('{ myTasks { nodes { id } } }')).myTasks.nodes;
    await own.owner.does(bare('approveFormTask'), { input: { taskId: id, idempotencyKey: id } });
  };

  it('stays for templates that are published, also for disabled ones, until they are deleted', async () => {
    const [one, other] = [await template(), await template()];
    await template((await departmentIds(own)).Sales);
    expect(await removes({ endShares: true })).toMatchObject({
      ...stands('FORM_TEMPLATES', 2),
      message: expect.stringContaining('2 templates whose forms ask its supervisors (`publishFormTemplate`'),
    });
    await act('deleteFormTemplate', { templateId: one.id });
    await act('disableFormTemplate', { templateId: other.id });
    expect(await removes()).toMatchObject(stands('FORM_TEMPLATES', 1));
    await act('deleteFormTemplate', { templateId: other.id });
    expect(await removes()).toMatchObject(REMOVED);
  });

  it('stays for forms on their way by a version that asks them, also where the template is gone', async () => {
    const [edited, deleted] = [await template(), await template()];
    for (const { id } of [edited, deleted]) await submits(id);
    await edit(own.formsAdmin, edited.id, edited.version, asking(undefined));
    expect(await publishDraft(own.formsAdmin, edited.id, edited.version + 1)).toMatchObject({ template: { currentVersion: 2 } });
    await act('deleteFormTemplate', { templateId: deleted.id, confirmOpenForms: true });
    expect(await removes()).toMatchObject(stands('FORM_TEMPLATES', 2));
    await decides();
    expect(await removes()).toMatchObject(stands('FORM_TEMPLATES', 1));
    await decides();
    expect(await removes()).toMatchObject(REMOVED);
  });

  it('goes with a version that forms are filled in by no more', async () => {
    const { id, version } = await template();
    await edit(own.formsAdmin, id, version, asking(undefined));
    expect(await removes()).toMatchObject(stands('FORM_TEMPLATES'));
    await publishDraft(own.formsAdmin, id, version + 1);
    expect(await removes()).toMatchObject(REMOVED);
  });

  it('goes whatever drafts say: whoever publishes one is told', async () => {
    const { id, version } = await drafted(own.formsAdmin, asking(empty));
    expect(await removes()).toMatchObject(REMOVED);
    const outcome = await publishDraft(own.formsAdmin, id, version);
    expect(reasonsOf(outcome)).toEqual(['GONE flow.steps.0.approvers.1.supervisorsOfDepartmentId']);
    expect(outcome.reasons[0].message).toBe('This department is gone.');
  });
});
