import type pg from 'pg';
import {
  companies,
  contactQuotas,
  contactSearchTerms,
  contactShares,
  contacts,
  contactTags,
  foldText,
  searchTerms,
  sortName,
  tagGroups,
  tags,
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

/** Contacts of all employees, with three shares and four tags each. */
export async function makeContacts(client: pg.ClientBase, request: Request): Promise<BulkContacts> {
  const { organizationId, count, employeeIds, draw, from } = request;
  const own = { organization_id: organizationId };
  const momentOf = (i: number): number => from.getTime() + i * MINUTE;
  const made = await makeTags(client, own, from);
  const companyIds = await makeCompanies(client, own, Math.max(1, Math.floor(count / CONTACTS_OF_A_COMPANY)), from);
  const ids = Array.from({ length: count }, (_, i) => uuidv7At(momentOf(i)));
  const ownerIds = ids.map(() => employeeIds[draw(employeeIds.length)]!);
  const people = ids.map((_, i) => ({ name: nameOf(draw), phone: request.phoneOf(i), company: companyIds[draw(companyIds.length)]! }));
  const rows = ids.map((id, i) => {
    const { name, phone, company } = people[i]!;
    const at = new Date(momentOf(i));
    const details = {
      position: 'Buyer',
      address: `${i} River Road`,
      email: `contact${i}@example.com`,
      remark: null,
      source: 'MANUAL',
      custom_fields: '{}',
    };
    const inTime = { created_at: at, updated_at: at, last_interaction_at: at, created_by: ownerIds[i] };
    return {
      ...own,
      id,
      version: 1,
      name,
      sort_name: sortName(name),
      phone,
      is_mobile: true,
      company_id: company.id,
      owner_id: ownerIds[i],
      ...details,
      ...inTime,
    };
  });
  await insertRows(client, contacts, rows);
  const terms = ids.flatMap((contact_id, i) =>
    searchTerms({ ...people[i]!, company: people[i]!.company.name }).map((term) => ({ ...own, contact_id, ...term })),
  );
  await insertRows(client, contactSearchTerms, terms);
  await insertRows(
    client,
    contactTags,
    ids.flatMap((contact_id) => taggings(made, draw).map((tagging) => ({ ...own, contact_id, tagged_at: from, ...tagging }))),
  );
  await insertRows(
    client,
    contactShares,
    ids.flatMap((contact_id, i) =>
      shares(employeeIds, ownerIds[i]!, draw, momentOf(i)).map((share) => ({ ...own, contact_id, since: from, ...share })),
    ),
  );
  await insertRows(client, contactQuotas, [{ ...own, used: count, limit_override: Math.max(count * 2, 20_000) }]);
  return { ids, ownerIds, tagIds: made.map(({ tag_id }) => tag_id) };
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
    })),
  );
  await insertRows(client, tags, rows);
  return rows.map(({ id, group_id }) => ({ group_id, tag_id: id }));
}

async function makeCompanies(
  client: pg.ClientBase,
  own: { organization_id: string },
  count: number,
  from: Date,
): Promise<{ id: string; name: string }[]> {
  const rows = Array.from({ length: count }, (_, i) => ({
    ...own,
    id: uuidv7At(from.getTime() + i),
    name: `Works ${i}`,
    name_key: foldText(`Works ${i}`),
  }));
  await insertRows(client, companies, rows);
  return rows;
}

/** One tag each of some groups. */
function taggings(all: readonly { group_id: string; tag_id: string }[], draw: Request['draw']): { group_id: string; tag_id: string }[] {
  const first = draw(GROUPS);
  return Array.from({ length: TAGS }, (_, i) => all[((first + i) % GROUPS) * TAGS_OF_A_GROUP + draw(TAGS_OF_A_GROUP)]!);
}

function shares(
  employeeIds: readonly string[],
  ownerId: string,
  draw: Request['draw'],
  at: number,
): { id: string; employee_id: string; granted_by: string }[] {
  const first = draw(employeeIds.length);
  const sharees = Array.from({ length: SHARES + 1 }, (_, i) => employeeIds[(first + i * 7) % employeeIds.length]!).filter(
    (id) => id !== ownerId,
  );
  return [...new Set(sharees)].slice(0, SHARES).map((employee_id) => ({ id: uuidv7At(at), employee_id, granted_by: ownerId }));
}

/** Entries on the timelines of contacts, spread evenly. */
export async function makeInteractions(
  client: pg.ClientBase,
  organizationId: string,
  count: number,
  { ids, ownerIds, tagIds }: BulkContacts,
  from: Date,
): Promise<void> {
  const BATCH = 50_000;
  for (let at = 0; at < count; at += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, count - at) }, (_, i) => {
      const n = at + i;
      const moment = from.getTime() + n * 1_000;
      const contact = n % ids.length;
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
