import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { certifyOrganization } from '../../src/app/founding/certify-organization.ts';
import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import { encodeGlobalId } from '../../src/sdk/index.ts';
import type { TestSeat } from '../../src/testing/test-seat.ts';
import { startTestServer, type TestServer } from '../../src/testing/test-server.ts';
import { uploaded } from '../domains/files/file.fixture.ts';
import { publish } from '../support/form-template.ts';
import { inSteps } from '../support/in-steps.ts';
import { leavesOf, rowTypes, ruleOf, SURFACES, shapeOf } from './printed.rules.ts';
import { deepQuestion, fieldsOf, flatQuestion } from './role-by-field.questions.ts';
import { documentFor, type RootField, rootFields, variablesFor } from './root-questions.ts';
import { asOwner, contentsOf, type Thing, thingsOf } from './rows.fixture.ts';
import { makeWorld, mutate, type World } from './world.fixture.ts';

// The window of one organization is suspended: every field of the portal is asked before and after, of every row, and every mutation is tried.

const limits = { errors: 10_000 };
const PORTAL = SURFACES.portal;

let server: TestServer;
let world: World;
let customer: TestSeat;
let things: readonly Thing[];
let fileUrl: string;
let wasTold: ReadonlySet<string>;
beforeAll(async () => {
  server = await startTestServer({ limits });
  world = await makeWorld(server);
  customer = world.seats.customer;
  fileUrl = await fileOfAForm();
  things = [...(await thingsOf(server)).values()].filter(({ organizationId }) => organizationId === world.ours.id);
  wasTold = await told();
});
afterAll(() => server?.stop());

/** What is known of a seat is a second old at the most (promise 2). */
const isServed = async (): Promise<boolean> => (await customer.ask('{ myForms { totalCount } }')).data?.myForms != null;

/** A plan that the customer has handed in with a form. @returns its link, as the customer is given it */
async function fileOfAForm(): Promise<string> {
  const templateId = await publish(server, world.ours, { kind: 'GENERAL', name: 'Repair', withConfirmation: false, fields: [] });
  const plan = { id: 'f1', name: 'plan', label: 'The plan', kind: 'FILE', required: false, readBy: 'EVERYBODY', writtenBy: 'SUBMITTER' };
  const fields = JSON.stringify([plan]);
  await asOwner(
    server,
    `update form_template_versions set fields = '${fields}' where template_id = '${decodeGlobalId('FormTemplate', templateId)}'`,
  );
  const upload = await uploaded(customer, Buffer.from('A plan.\n'), { name: 'plan.txt', purpose: 'FORM_FILE' });
  const { form } = await mutate(
    customer,
    'submitForm',
    { templateId, values: [{ field: 'plan', uploadIds: [upload] }] },
    'form { id answers { value { ... on FileValue { files { url } } } } }',
  );
  const { answers } = form as unknown as { answers: { value: { files: { url: string }[] } }[] };
  return new URL(answers[0]!.value.files[0]!.url, server.url).href;
}

/** Fields of rows that the customer finds something in, as `Type.field` or `Type.field.inner`. */
async function told(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const type of rowTypes(PORTAL).values()) {
    const ids = things.filter((thing) => thing.type === type.name).map(({ globalId }) => globalId);
    for (const question of [flatQuestion(type), deepQuestion(PORTAL, type)])
      for (let at = 0; question && at < ids.length; at += 5) {
        const { data } = await customer.ask(question, { ids: ids.slice(at, at + 5) });
        for (const node of data?.nodes ?? []) noteRow(found, node);
      }
  }
  return found;
}
type Row = Readonly<Record<string, unknown>> & { readonly __typename: string };
function noteRow(found: Set<string>, row: Row | null): void {
  if (!row) return;
  const type = PORTAL.getType(row.__typename) as GraphQLObjectType;
  for (const field of fieldsOf(type)) {
    const value = row[field.name];
    const name = `${type.name}.${field.name}`;
    if (value == null) continue;
    if (shapeOf(field) === 'PART') {
      const part = value as Readonly<Record<string, unknown>>;
      for (const leaf of leavesOf(field)) if (part[leaf.name] != null) found.add(`${name}.${leaf.name}`);
    } else if (shapeOf(field) === 'VALUE') found.add(name);
    else noteRows(found, name, value);
  }
}
function noteRows(found: Set<string>, name: string, value: unknown): void {
  const page = value as { totalCount?: number; nodes?: readonly Row[] };
  const rows = Array.isArray(value) ? (value as Row[]) : (page.nodes ?? (page.totalCount === undefined ? [value as Row] : []));
  if (rows.length || page.totalCount) found.add(name);
  for (const row of rows) noteRow(found, row);
}

/** A suspended window is no reason to keep these from anybody: the rules themselves, what is sent and hangs on nothing yet, one's own settings. */
const NEED_NO_WINDOW: readonly string[] = ['permissions', 'createUpload', 'notificationSettings', 'updateNotificationSettings'];
const printed = (root: RootField) => ruleOf(PORTAL, root.field);
/** What needs no window: signing in, sessions, the account's own phone, the public page. */
const isOutside = (root: RootField): boolean => printed(root).roles.includes('PUBLIC');
const named = (operation: 'query' | 'mutation' | 'subscription') =>
  rootFields('portal', operation).flatMap((root) =>
    isOutside(root) || NEED_NO_WINDOW.includes(root.field.name) ? [] : [[root.field.name, root] as const],
  );
const chosen = (type: string): string => {
  if (type === 'Contact') return world.contacts.customer;
  const own = things.find((thing) => thing.type === (type === 'BusinessForm' ? 'Order' : type) && thing.globalId !== undefined);
  return own?.globalId ?? encodeGlobalId(type, '00000000-0000-7000-8000-000000000001');
};

inSteps('while the window is suspended (spec 5.2)', () => {
  it('the seat is outside within a second', async () => {
    await certifyOrganization(server.runtime, world.ours.id, { level: 'BASIC', reason: 'Reported' });
    await expect.poll(isServed).toBe(false);
  });

  it('a contact is told of itself, its company and its owner, and that the window is suspended; of no other row', async () => {
    const left = [...(await told())].sort();
    expect(left.filter((name) => !name.startsWith('Contact.viewerCan.'))).toEqual(LEFT);
    expect(wasTold.size - left.length).toBeGreaterThan(50);
  });

  it.each(named('query'))('%s gives nothing that hangs on the window', async (name, root) => {
    const variables = variablesFor(root, chosen);
    const { data } = await customer.ask(documentFor(root, variables), variables);
    expect([name, ANSWERS[name] ?? null]).toEqual([name, shapeOfAnswer(data?.[name])]);
  });

  it.each(named('mutation'))('%s does nothing', async (name, root) => {
    const before = await contentsOf(server);
    const variables = variablesFor(root, chosen);
    const { data, errors } = await customer.ask(documentFor(root, variables), variables);
    const answer = errors[0]?.extensions.code ?? data[name].__typename;
    expect(['FORBIDDEN', 'WindowSuspended', 'NotFound']).toContain(answer);
    expect(await contentsOf(server)).toEqual(before);
  });

  it.each(named('subscription'))('%s is followed by nobody', async (_, root) => {
    const variables = variablesFor(root, chosen);
    const live = customer.follow(
      `${root.operation} (${root.field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ')}) {
      ${root.field.name}(${root.field.args.map(({ name }) => `${name}: $${name}`).join(', ')}) { kind } }`,
      variables,
    );
    await expect(live.next()).rejects.toThrow(/WINDOW_SUSPENDED|FORBIDDEN|NOT_FOUND/);
    await live.stop();
  });

  it('a link to a file of a form that was given before leads nowhere', async () => {
    expect((await fetch(fileUrl)).status).toBe(404);
  });

  it('all of it is there again when the certification is', async () => {
    await certifyOrganization(server.runtime, world.ours.id, { level: 'ADVANCED', reason: 'Looked at' });
    await expect.poll(isServed).toBe(true);
    expect([...(await told())].sort()).toEqual([...wasTold].sort());
    expect((await fetch(fileUrl)).status).toBe(200);
    expect(await asOwner(server, `select 1 from business_forms where organization_id = '${world.ours.id}'`)).not.toEqual([]);
  });
});

/** What a contact is told of its own rows whatever the window does (spec 2.1), and the notice. */
const LEFT = [
  'Company.id',
  'Company.name',
  ...[
    'address',
    'company',
    'companyAccess',
    'createdAt',
    'id',
    'name',
    'organization',
    'owner',
    'phone',
    'phoneFormatted',
    'viewerRoles',
  ].map((name) => `Contact.${name}`),
  'Organization.id',
  'Organization.name',
  'Organization.timeZone',
  'PortalEmployee.id',
  'PortalEmployee.name',
  'ServiceWindow.id',
  'ServiceWindow.notice',
  'ServiceWindow.state',
];
/** What is left of queries: their shapes. */
const ANSWERS: Readonly<Record<string, unknown>> = { contact: 'Contact', organization: 'Organization', serviceWindow: 'ServiceWindow' };
const shapeOfAnswer = (value: unknown): unknown => {
  if (value == null) return null;
  if (Array.isArray(value)) return value.map(shapeOfAnswer);
  if (typeof value !== 'object') return value;
  const { totalCount, nodes, __typename } = value as { totalCount?: number; nodes?: unknown[]; __typename?: string };
  return totalCount ?? nodes?.length ?? __typename ?? Object.keys(value);
};
