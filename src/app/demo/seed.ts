import { employees } from '../../domains/directory/index.ts';
import { windowMembers } from '../../domains/service-window/index.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { decodeGlobalId } from '../../platform/graphql/global-id.ts';
import { encodeGlobalId, type Seat, UseCase } from '../../sdk/index.ts';
import { actAs } from '../act-as.ts';
import type { Runtime } from '../runtime.ts';
import { foundOrganization } from './found-organization.ts';
import { DEMO_ORGANIZATIONS, DEMO_TAGS, type DemoContact, type DemoOrganization, MORE_CONTACTS, moreContact, QINGHE } from './seats.ts';

const LOCK = 718_203_966;
const ADD_GROUP =
  'mutation ($input: AddTagGroupInput!) { addTagGroup(input: $input) { __typename ... on AddTagGroupSuccess { tagGroup { id } } } }';
const ADD_TAG = 'mutation ($input: AddTagInput!) { addTag(input: $input) { __typename ... on AddTagSuccess { tag { id } } } }';
const ADD_CONTACT =
  'mutation ($input: AddContactInput!) { addContact(input: $input) { __typename ... on AddContactSuccess { contact { id } } ... on UserError { message } } }';
const SHARE = 'mutation ($input: ShareContactInput!) { shareContact(input: $input) { __typename ... on UserError { message } } }';

/**
 * Makes the demo's organizations, through the API wherever it has the means. One server at a time; what a crash has left half done is
 * gone on with at the next start.
 */
export async function seedDemo(runtime: Runtime): Promise<void> {
  const client = await runtime.pools.worker.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    for (const organization of DEMO_ORGANIZATIONS) await seedOrganization(runtime, organization);
  } finally {
    client.release(true); // its end gives the lock back
  }
}

async function seedOrganization(runtime: Runtime, demo: DemoOrganization): Promise<void> {
  await foundOrganization(runtime, demo);
  const staff = await employeeIds(runtime, demo);
  const admin: Seat = {
    id: [...staff.values()][0]!,
    organizationId: demo.id,
    kind: 'EMPLOYEE',
    rights: new Map(demo.employees[0]!.rights?.map((right) => [right, 'ALL' as const])),
    traits: new Set(),
    pluginsOff: new Set(),
  };
  const employeeId = (key: string): string => encodeGlobalId('Employee', staff.get(key)!);
  const tags = await seedTags(runtime, admin);
  const more = demo === QINGHE ? Array.from({ length: MORE_CONTACTS }, (_, i) => moreContact(i)) : [];
  for (const [i, contact] of [...demo.contacts, ...more].entries()) {
    const tagIds = [tags[i % tags.length]!];
    const id = await seedContact(runtime, admin, contact, { tagIds, ownerId: contact.owner && employeeId(contact.owner) });
    for (const sharee of contact.sharees ?? []) {
      await actAs(runtime, admin, SHARE, {
        input: {
          contactId: id.global,
          employeeId: employeeId(sharee),
          reason: 'Supports this customer',
          idempotencyKey: `demo-share-${contact.key}`,
        },
      });
    }
    if (contact.isMember) await letIn(runtime, demo, id.uuid);
  }
  for (const module of runtime.modules) if (module.demo) await once(runtime, admin, module.demo);
}

async function employeeIds({ pools }: Runtime, demo: DemoOrganization): Promise<ReadonlyMap<string, string>> {
  const rows = await inTransaction(pools.requests, demo.id, (transaction) =>
    transaction.on({ employees }).selectFrom('employees').select(['id', 'phone']).orderBy('id').execute(),
  );
  return new Map(demo.employees.map(({ key, phone }) => [key, rows.find((row) => row.phone === phone)!.id]));
}

async function seedTags(runtime: Runtime, admin: Seat): Promise<string[]> {
  const ids: string[] = [];
  for (const { group, color, tags } of DEMO_TAGS) {
    const made = await actAs<{ addTagGroup: { tagGroup: { id: string } } }>(runtime, admin, ADD_GROUP, {
      input: { name: group, color, idempotencyKey: `demo-group-${group}` },
    });
    for (const name of tags) {
      const tag = await actAs<{ addTag: { tag: { id: string } } }>(runtime, admin, ADD_TAG, {
        input: { groupId: made.addTagGroup.tagGroup.id, name, idempotencyKey: `demo-tag-${name}` },
      });
      ids.push(tag.addTag.tag.id);
    }
  }
  return ids;
}

async function seedContact(
  runtime: Runtime,
  admin: Seat,
  contact: DemoContact,
  more: Record<string, unknown>,
): Promise<{ global: string; uuid: string }> {
  const { name, phone, company, key } = contact;
  const input = { name, phone, company, ...more, idempotencyKey: `demo-contact-${key}` };
  const { addContact } = await actAs<{ addContact: { contact: { id: string } } }>(runtime, admin, ADD_CONTACT, { input });
  return { global: addContact.contact.id, uuid: decodeGlobalId('Contact', addContact.contact.id) };
}

const letIn = ({ pools, now }: Runtime, demo: DemoOrganization, contactId: string): Promise<unknown> =>
  inTransaction(pools.requests, demo.id, (transaction) =>
    transaction
      .on({ window_members: windowMembers })
      .insertInto('window_members')
      .values({ organization_id: demo.id, contact_id: contactId, joined_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );

const once = ({ pools, parts, now }: Runtime, seat: Seat, demo: (use: UseCase) => Promise<void>): Promise<void> =>
  inTransaction(pools.requests, seat.organizationId, (transaction) =>
    demo(new UseCase({ seat, now: now(), language: 'en' }, transaction, parts)),
  );
