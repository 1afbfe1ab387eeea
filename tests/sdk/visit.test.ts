import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestPlugin, testPlugin } from '../../src/sdk/testing.ts';
import { visitPlugin } from './visit.plugin.ts';

let plugin: TestPlugin;
beforeAll(async () => {
  plugin = await testPlugin(visitPlugin);
});
afterAll(() => plugin.stop());

const PLAN = `mutation ($input: AddVisitAppointmentInput!) { addVisitAppointment(input: $input) { __typename
  ... on AddVisitAppointmentSuccess { appointment { id day cancelled } } } }`;
const OF_CONTACT = `query ($id: ID!, $where: VisitAppointmentFilter) { contact(id: $id) { visitAppointments(where: $where) { nodes { day cancelled } } } }`;
const LIVE = 'subscription { visitAppointments { kind appointmentId appointment { day cancelled } } }';
const DELETE = 'mutation ($input: DeleteContactsInput!) { deleteContacts(input: $input) { __typename } }';

describe('a plugin (spec 8.1)', () => {
  it('adds a field to a type of the core, told of what it listens to, and followed live', async () => {
    const { owner, admin, colleague, customer } = plugin;
    const live = colleague.follow(LIVE);
    await live.opened;
    const { appointment } = await owner.does(PLAN, { input: { contactId: customer.id, day: '2026-06-01' } });
    expect(await live.next()).toEqual({
      kind: 'PLANNED',
      appointmentId: appointment.id,
      appointment: { day: '2026-06-01', cancelled: false },
    });
    const found = async (where: object) => (await owner.query(OF_CONTACT, { id: customer.id, where })).contact.visitAppointments.nodes;
    expect(await found({ day: { after: '2026-05-31' }, cancelled: { equals: false } })).toEqual([{ day: '2026-06-01', cancelled: false }]);
    expect(await found({ day: { after: '2026-06-01' } })).toEqual([]);
    await admin.does(DELETE, { input: { contactIds: [customer.id] } });
    expect(await live.next()).toEqual({
      kind: 'CANCELLED',
      appointmentId: appointment.id,
      appointment: { day: '2026-06-01', cancelled: true },
    });
    await live.stop();
  });

  it('is not told of to another organization', async () => {
    const { stranger, other } = plugin;
    expect((await stranger.query(OF_CONTACT, { id: other.customer.id })).contact.visitAppointments.nodes).toEqual([]);
  });
});
