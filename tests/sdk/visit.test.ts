import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModules } from '../../src/app/module-loader.ts';
import { DOMAINS } from '../../src/app/modules.ts';
import { VERSION } from '../../src/app/version.ts';
import { register, timelineKinds } from '../../src/sdk/index.ts';
import { type TestPlugin, testPlugin } from '../../src/sdk/testing.ts';
import { visitPlugin } from './visit.plugin.ts';

let plugin: TestPlugin;
beforeAll(async () => {
  plugin = await testPlugin(visitPlugin);
});
afterAll(() => plugin.stop());

const PLAN = `mutation ($input: AddVisitAppointmentInput!) { addVisitAppointment(input: $input) { __typename
  ... on AddVisitAppointmentSuccess { appointment { id day cancelled } } } }`;
const READ = 'query ($id: ID!) { node(id: $id) { ... on VisitAppointment { kind visitor { name } remark } } }';
const OF_CONTACT = `query ($id: ID!, $where: VisitAppointmentFilter) { contact(id: $id) { visitAppointments(where: $where) { nodes { day cancelled } } } }`;
const TIMELINE = `query ($id: ID!, $kinds: [InteractionKind!]) { contact(id: $id) { timeline(kinds: $kinds) { nodes { __typename kind actor { name }
  ... on VisitPlannedInteraction { visitor { name } } } } } }`;
const LIVE = 'subscription { visitAppointments { kind appointmentId appointment { day cancelled } } }';
const DELETE = 'mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }';

describe('a plugin (spec 8.1)', () => {
  it('adds a field to a type of the core, told of what it listens to, and followed live', async () => {
    const { owner, admin, colleague, customer } = plugin;
    const live = colleague.follow(LIVE);
    await live.opened;
    const { appointment } = await owner.does(PLAN, { input: { contactId: customer.id, kind: 'CALL', day: '2026-06-01' } });
    expect(await live.next()).toEqual({
      kind: 'PLANNED',
      appointmentId: appointment.id,
      appointment: { day: '2026-06-01', cancelled: false },
    });
    const found = async (where: object) => (await owner.query(OF_CONTACT, { id: customer.id, where })).contact.visitAppointments.nodes;
    expect(await found({ day: { after: '2026-05-31' }, cancelled: { equals: false } })).toEqual([{ day: '2026-06-01', cancelled: false }]);
    expect(await found({ day: { after: '2026-06-01' } })).toEqual([]);
    expect(await found({ kind: { in: ['ON_SITE'] } })).toEqual([]);
    await admin.does(DELETE, { input: { contactIds: [customer.id] } });
    expect(await live.next()).toEqual({
      kind: 'CANCELLED',
      appointmentId: appointment.id,
      appointment: { day: '2026-06-01', cancelled: true },
    });
    await live.stop();
  });

  it('has a role of its own, that of who visits', async () => {
    const { owner, colleague, rival } = plugin;
    const input = { contactId: rival.id, kind: 'ON_SITE', day: '2026-06-02', remark: 'The back door.' };
    const { id } = (await owner.does(PLAN, { input })).appointment;
    const visit = { kind: 'ON_SITE', visitor: { name: 'The owner' } };
    expect((await owner.query(READ, { id })).node).toEqual({ ...visit, remark: 'The back door.' });
    const { data, errors } = await colleague.ask(READ, { id });
    expect(data).toEqual({ node: { ...visit, remark: null } });
    expect(errors).toMatchObject([{ path: ['node', 'remark'], extensions: { code: 'FORBIDDEN', rule: 'visit.prepare' } }]);
  });

  it('writes on timelines in a kind of its own (spec 4.1)', async () => {
    const { owner, colleague, unowned, admin, rival } = plugin;
    const contactId = unowned.id;
    await admin.does(PLAN, { input: { contactId, kind: 'CALL', day: '2026-06-03' } });
    const { timeline } = (await admin.query(TIMELINE, { id: contactId, kinds: ['VISIT_PLANNED'] })).contact;
    expect(timeline.nodes).toEqual([
      { __typename: 'VisitPlannedInteraction', kind: 'VISIT_PLANNED', actor: { name: 'The admin' }, visitor: { name: 'The admin' } },
    ]);
    expect((await admin.query(TIMELINE, { id: contactId, kinds: ['TAG'] })).contact.timeline.nodes).toEqual([]);
    expect((await colleague.ask(TIMELINE, { id: contactId, kinds: ['VISIT_PLANNED'] })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await rival.ask(TIMELINE, { id: contactId, kinds: ['VISIT_PLANNED'] })).errors[0]!.message).toContain('InteractionKind');
    expect((await owner.ask(TIMELINE, { id: contactId, kinds: ['VISIT_UNKNOWN'] })).errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' } },
    ]);
  });
  it('cannot register a kind of entry without its prefix', () => {
    const named = (kind: string) => () =>
      loadModules(DOMAINS, [{ ...visitPlugin, registrations: [register(timelineKinds, { kind, description: 'A visit.' })] }], VERSION);
    expect(named('VISIT_PLANNED')).not.toThrow();
    for (const kind of ['PLANNED', 'VISIT_', 'TAG']) expect(named(kind)).toThrow(/kind of interaction .* does not carry its prefix/);
  });
  it('is not told of to another organization', async () => {
    const { stranger, other } = plugin;
    expect((await stranger.query(OF_CONTACT, { id: other.customer.id })).contact.visitAppointments.nodes).toEqual([]);
  });
});
