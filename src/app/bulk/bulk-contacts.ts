import type pg from 'pg';
import {
  companies,
  companyKey,
  contactQuotas,
  contactSearchTerms,
  contactShares,
  contacts,
  contactTags,
  tagGroups,
  tagSearchTerms,
  tags,
  tagTermRows,
  termRows,
} from '../../domains/contacts/index.ts';
import { interactions } from '../../domains/interactions/index.ts';
import { uuidv7At } from '../../platform/database/uuid.ts';
import { insertRows } from './bulk-insert.ts';

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建文辉力生志'];
const COLORS = ['RED', 'ORANGE', 'YELLOW', 'GREEN', 'BLUE', 'PURPLE'] as const;
const GROUPS = 8;
const TAGS_OF_A_GROUP = 5;
const SHARES = 3;
const TAGS = 4;
const CONTACTS_OF_A_COMPANY = 20;
const MINUTE = 60_000;

export interface BulkContacts {
  /** UUIDs, the oldest first. */
  readonly ids: readonly string[];
  readonly ownerIds: readonly string[];
  readonly tagIds: readonly string[];
}
interface Request {
  readonly organizationId: string;
  readonly count: number;
  readonly employeeIds: readonly string[];
  readonly draw: (below: number) => number;
  phoneOf(i: number): string;
  /** The oldest is so old; each next one a minute younger. */
  readonly from: Date;
}

/** So many contacts are made at once: what hangs on them is many times as much. */
const BATCH = 5_000;

/** Contacts of all employees, with three shares and four tags each. */
export async function makeContacts(client: pg.ClientBase, request: Request): Promise<BulkContacts> {
  const { organizationId, count, from } = request;
  const own = { organization_id: organizationId };
  const taggables = await makeTags(client, own, from);
  const companyChoice = await makeCompanies(client, own, Math.max(1, Math.floor(count / CONTACTS_OF_A_COMPANY)), from);
  const ids: string[] = [];
  const ownerIds: string[] = [];
  for (let first = 0; first < count; first += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, count - first) }, (_, i) => personOf(first + i, request, companyChoice));
    await insertContacts(client, own, some);
    await insertRows(
      client,
      contactTags,
      some.flatMap(({ id: contact_id }) =>
        taggings(taggables, request.draw).map((tagging) => ({ ...own, contact_id, tagged_at: from, ...tagging })),
      ),
    );
    await insertRows(
      client,
      contactShares,
      some.flatMap((person) => sharesOf(person, request).map((share) => ({ ...own, since: from, ...share }))),
    );
    for (const { id, ownerId } of some) {
      ids.push(id);
      ownerIds.push(ownerId);
    }
  }
  await insertRows(client, contactQuotas, [{ ...own, used: count, limit_override: Math.max(count * 2, 20_000) }]);
  return { ids, ownerIds, tagIds: taggables.map(({ tag_id }) => tag_id) };
}

interface Company {
  readonly id: string;
  readonly name: string;
}
interface Person {
  readonly i: number;
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly company: Company;
  readonly ownerId: string;
  readonly at: Date;
}
function personOf(i: number, { employeeIds, draw, phoneOf, from }: Request, companyChoice: readonly Company[]): Person {
  const at = new Date(from.getTime() + i * MINUTE);
  const company = companyChoice[draw(companyChoice.length)]!;
  return {
    i,
    id: uuidv7At(at.getTime()),
    name: nameOf(draw),
    phone: phoneOf(i),
    company,
    ownerId: employeeIds[draw(employeeIds.length)]!,
    at,
  };
}

async function insertContacts(client: pg.ClientBase, own: { organization_id: string }, people: readonly Person[]): Promise<void> {
  const rows = people.map(({ i, id, name, phone, company, ownerId, at }) => ({
    ...own,
    id,
    version: 1,
    name,
    phone,
    is_mobile: true,
    company_id: company.id,
    owner_id: ownerId,
    position: 'Buyer',
    address: `${i} River Road`,
    email: `contact${i}@example.com`,
    remark: null,
    source: 'MANUAL',
    custom_fields: '{}',
    created_at: at,
    updated_at: at,
    last_interaction_at: at,
    created_by: ownerId,
  }));
  await insertRows(client, contacts, rows);
  const terms = people.flatMap(({ id, name, phone, company }) =>
    termRows(own.organization_id, id, { name, phone, extension: null, company: company.name }),
  );
  await insertRows(client, contactSearchTerms, terms);
}

const nameOf = (draw: Request['draw']): string =>
  SURNAMES[draw(SURNAMES.length)]! + GIVEN[draw(GIVEN.length)]! + (draw(2) ? GIVEN[draw(GIVEN.length)]! : '');

async function makeTags(
  client: pg.ClientBase,
  own: { organization_id: string },
  from: Date,
): Promise<{ group_id: string; tag_id: string }[]> {
  const groups = Array.from({ length: GROUPS }, (_, i) => ({
    ...own,
    id: uuidv7At(from.getTime() + i),
    name: `Group ${i}`,
    color: COLORS[i % COLORS.length],
    position: i + 1,
  }));
  await insertRows(client, tagGroups, groups);
  const rows = groups.flatMap(({ id }, group) =>
    Array.from({ length: TAGS_OF_A_GROUP }, (_, i) => ({
      ...own,
      id: uuidv7At(from.getTime() + group * TAGS_OF_A_GROUP + i),
      group_id: id,
      name: `Tag ${group}.${i}`,
      found_as: `Tag ${group}.${i}`,
    })),
  );
  await insertRows(client, tags, rows);
  await insertRows(
    client,
    tagSearchTerms,
    rows.flatMap(({ id, name }) => tagTermRows(id, name).map((term) => ({ ...own, ...term }))),
  );
  return rows.map(({ id, group_id }) => ({ group_id, tag_id: id }));
}

async function makeCompanies(client: pg.ClientBase, own: { organization_id: string }, count: number, from: Date): Promise<Company[]> {
  const rows = Array.from({ length: count }, (_, i) => ({
    ...own,
    id: uuidv7At(from.getTime() + i),
    name: `Works ${i}`,
    name_key: companyKey(`Works ${i}`),
  }));
  await insertRows(client, companies, rows);
  return rows;
}

/** One tag each of some groups. */
function taggings(all: readonly { group_id: string; tag_id: string }[], draw: Request['draw']): { group_id: string; tag_id: string }[] {
  const first = draw(GROUPS);
  return Array.from({ length: TAGS }, (_, i) => all[((first + i) % GROUPS) * TAGS_OF_A_GROUP + draw(TAGS_OF_A_GROUP)]!);
}

function sharesOf(
  { id: contact_id, ownerId, at }: Person,
  { employeeIds, draw }: Request,
): { id: string; contact_id: string; employee_id: string; granted_by: string }[] {
  const first = draw(employeeIds.length);
  const sharees = Array.from({ length: SHARES + 1 }, (_, i) => employeeIds[(first + i * 7) % employeeIds.length]!).filter(
    (id) => id !== ownerId,
  );
  return [...new Set(sharees)]
    .slice(0, SHARES)
    .map((employee_id) => ({ id: uuidv7At(at.getTime()), contact_id, employee_id, granted_by: ownerId }));
}

const ENTRIES_OF_A_TIMELINE = 10;
const ENTRIES_AT_ONCE = 50_000;

/** Entries on timelines: ten of every contact, or of contacts evenly chosen where there are not so many. */
export async function makeInteractions(
  client: pg.ClientBase,
  organizationId: string,
  count: number,
  { ids, ownerIds, tagIds }: BulkContacts,
  from: Date,
): Promise<void> {
  const timelines = Math.max(1, Math.min(ids.length, Math.floor(count / ENTRIES_OF_A_TIMELINE)));
  const apart = Math.floor(ids.length / timelines);
  for (let at = 0; at < count; at += ENTRIES_AT_ONCE) {
    const rows = Array.from({ length: Math.min(ENTRIES_AT_ONCE, count - at) }, (_, i) => {
      const n = at + i;
      const moment = from.getTime() + n * 1_000;
      const contact = (n % timelines) * apart;
      const base = {
        organization_id: organizationId,
        id: uuidv7At(moment),
        contact_id: ids[contact],
        actor_id: ownerIds[contact],
        at: new Date(moment),
      };
      return { ...base, kind: 'TAG', tag_id: tagIds[n % tagIds.length], added: n % 3 > 0 };
    });
    await insertRows(client, interactions, rows);
  }
}
