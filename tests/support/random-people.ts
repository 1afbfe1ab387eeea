import type pg from 'pg';
import { insertRows } from '../../src/app/bulk/bulk-insert.ts';
import { contactHistory } from '../../src/domains/contacts/contact-history.entity.ts';
import {
  CONTACT_SOURCES,
  companies,
  contactFields,
  contactFieldTerms,
  contactSearchTerms,
  contactShares,
  contacts,
  contactTags,
  TAG_COLORS,
  tagGroups,
  tagSearchTerms,
  tags,
  tagTermRows,
  termRows,
} from '../../src/domains/contacts/index.ts';
import {
  departmentClosure,
  departmentMembers,
  departments,
  employeeSearchTerms,
  employees,
  employeeTermRows,
} from '../../src/domains/directory/index.ts';
import { valueTerms } from '../../src/domains/fields/index.ts';
import { interactions } from '../../src/domains/interactions/index.ts';
import { builtInKinds, type StoredValue, type StoredValues } from '../../src/platform/fields/index.ts';
import type { Rows } from './naive/rows.ts';
import type { Random } from './random.ts';

/** What a table is filled with at random: who asks, when, and how many. */
export interface Filling {
  readonly client: pg.ClientBase;
  readonly random: Random;
  readonly organizationId: string;
  readonly now: Date;
}
const DAY = 86_400_000;
const NAMES = [
  'Wang Lei',
  'Wang Lei',
  '王伟',
  '曾小明',
  'Zoë Ångström',
  'O’Neill "the boss"',
  "d'Arc; drop table contacts; --",
  'Куприн',
  '🦊 Fox 👩‍👩‍👧',
  'tab\tand\u0001mark',
  'back\\slash %_',
  'ﬁnal',
];

/** A moment up to 60 days before now; sometimes one of a few, so that moments tie. */
export const earlier = ({ random, now }: Filling): Date =>
  new Date(now.getTime() - (random.chance(0.2) ? DAY * random.whole(1, 3) : random.whole(1, 60 * DAY)));
export const maybe = <T>(random: Random, value: () => T, of = 0.6): T | null => (random.chance(of) ? value() : null);
export const nameOf = (random: Random): string => (random.chance(0.7) ? random.pick(NAMES) : `Person ${random.whole(1, 999)}`);

/** Departments below those that are there, more people, and more memberships of those who are there. */
export async function fillDirectory(filling: Filling, rows: Rows): Promise<void> {
  const { client, random, organizationId: organization_id } = filling;
  const tree = [...rows.departments];
  for (let i = 0; i < 4; i++) {
    const parent = random.chance(0.8) ? random.pick(tree) : undefined;
    tree.push({
      organization_id,
      id: random.uuid(earlier(filling)),
      version: 1,
      name: `${nameOf(random)} ${i}`,
      sort_name: '',
      parent_id: parent?.id ?? null,
      was_supervised: random.chance(0.5),
      spared_name: null,
      one_name: null,
    });
  }
  const added = tree.slice(rows.departments.length);
  await insertRows(
    client,
    departments,
    added.map(({ one_name, ...row }) => row), // PostgreSQL computes it
  );
  const upwards = (id: string | null): string[] => {
    const found = tree.find((one) => one.id === id);
    return found ? [found.id, ...upwards(found.parent_id)] : [];
  };
  const closure = added.flatMap(({ id }) =>
    upwards(id).map((ancestor_id, depth) => ({ organization_id, ancestor_id, descendant_id: id, depth })),
  );
  await insertRows(client, departmentClosure, closure);
  const hired = Array.from({ length: 6 }, (_, n) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    name: nameOf(random),
    phone: `+8615${random.whole(100_000_000, 999_999_999)}`,
    staff_number: maybe(random, () => `S-${n}`),
    position: maybe(random, () => nameOf(random)),
    seniority_date: '2020-02-29',
    portal_id: random.uuid(earlier(filling)),
    left_at: maybe(random, () => earlier(filling), 0.2),
  }));
  await insertRows(client, employees, hired);
  const terms = hired.flatMap((one) => employeeTermRows(one.id, { name: one.name, nickname: null, staff_number: one.staff_number }));
  await insertRows(
    client,
    employeeSearchTerms,
    terms.map((term) => ({ organization_id, ...term })),
  );
  const known = new Set(rows.departmentMembers.map((one) => `${one.department_id}${one.employee_id}`));
  const members = [...rows.employees, ...hired].flatMap(({ id }) =>
    random.some(tree, 2).map((department, i) => ({
      organization_id,
      department_id: department.id,
      employee_id: id,
      is_main: i === 0 && hired.some((one) => one.id === id),
      is_supervisor: random.chance(0.25),
      joined_at: earlier(filling),
    })),
  );
  await insertRows(
    client,
    departmentMembers,
    members.filter((one) => !known.has(`${one.department_id}${one.employee_id}`)),
  );
}

/** Contacts of all sorts, with tags, shares, a history and a timeline. @param count of contacts */
export async function fillContacts(filling: Filling, rows: Rows, count: number): Promise<void> {
  const { client, random, organizationId: organization_id } = filling;
  const groups = Array.from({ length: 2 }, (_, i) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    name: `Group ${i}`,
    color: random.pick(TAG_COLORS),
    position: random.whole(1, 2), // ties with what is there
  }));
  const labels = [...groups, ...groups, ...rows.tagGroups].map((group, i) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    group_id: group.id,
    name: `Label ${i}`,
    found_as: `Label ${i}`,
  }));
  const firms = Array.from({ length: 3 }, (_, i) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    name: nameOf(random),
    name_key: ` firm ${i}`,
  }));
  await insertRows(client, tagGroups, groups);
  await insertRows(client, tags, labels);
  await insertRows(
    client,
    tagSearchTerms,
    labels.flatMap(({ id, name }) => tagTermRows(id, name).map((term) => ({ organization_id, ...term }))),
  );
  await insertRows(client, companies, firms);
  const fields = OWN_FIELDS.map((field, i) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    label: field.name,
    label_key: field.name,
    is_built_in: false,
    is_required: false,
    visible_to_contact: i % 2 === 0,
    position: i + 11,
    ...field,
  }));
  await insertRows(client, contactFields, fields);
  const added = Array.from({ length: count }, (_, i) => contactRow(filling, rows, { firms: [...rows.companies, ...firms], fields }, i));
  await insertRows(client, contacts, added);
  await insertRows(
    client,
    contactFieldTerms,
    added.flatMap(({ id, field_values: values }) =>
      valueTerms(
        builtInKinds,
        fields.map((field) => ({ ...field, required: false })),
        JSON.parse(values),
      ).map((term) => ({ organization_id, contact_id: id, ...term })),
    ),
  );
  const terms = added.flatMap(({ id, name, phone, phone_extension: extension }) =>
    termRows(organization_id, id, { name, phone, extension, company: null }),
  );
  await insertRows(client, contactSearchTerms, terms);
  const all = [...rows.contacts, ...added].map(({ id }) => id);
  const links = added.flatMap(({ id }) =>
    [...groups, ...rows.tagGroups].flatMap((group) => {
      const of = [...labels, ...rows.tags].filter((tag) => tag.group_id === group.id);
      return of.length && random.chance(0.4)
        ? [{ organization_id, contact_id: id, tag_id: random.pick(of).id, group_id: group.id, tagged_at: earlier(filling) }]
        : [];
    }),
  );
  await insertRows(client, contactTags, links);
  await insertRows(
    client,
    contactShares,
    all.flatMap((id) => sharesOf(filling, rows, id)),
  );
  await insertRows(
    client,
    contactHistory,
    Array.from({ length: 2 * count }, () => changeOf(filling, rows, random.pick(all))),
  );
  const allTags = [...labels, ...rows.tags].map(({ id }) => id);
  await insertRows(
    client,
    interactions,
    Array.from({ length: 2 * count }, () => entryOf(filling, rows, random.pick(all), allTags)),
  );
}

const OWN_FIELDS = [
  { name: 'plate', kind: 'TEXT' },
  { name: '车龄', kind: 'NUMBER' },
  { name: 'worth', kind: 'MONEY' },
] as const;
const VALUES: Readonly<Record<string, (random: Random) => StoredValue>> = {
  TEXT: (random) => random.pick(NAMES),
  NUMBER: (random) => random.pick(['0', '-2.5', '9007199254740']),
  MONEY: (random) => ({ amount: random.whole(-5, 5_000), currency: 'CNY' }),
};
const valuesOf = (random: Random, fields: readonly { readonly id: string; readonly kind: string }[]): StoredValues =>
  Object.fromEntries(fields.flatMap(({ id, kind }) => (random.chance(0.5) ? [[id, VALUES[kind]!(random)]] : [])));

interface OfContacts {
  readonly firms: readonly { readonly id: string }[];
  readonly fields: readonly { readonly id: string; readonly kind: string }[];
}
function contactRow(filling: Filling, rows: Rows, { firms, fields }: OfContacts, i: number) {
  const { random, organizationId: organization_id } = filling;
  const name = nameOf(random);
  const employee = (): string => random.pick(rows.employees).id;
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    version: random.whole(1, 5),
    name,
    phone: `+86136${String(10_000_000 + i)}`,
    phone_extension: maybe(random, () => String(random.whole(1, 99)), 0.2),
    is_mobile: true,
    company_id: maybe(random, () => random.pick(firms).id),
    position: maybe(random, () => nameOf(random)),
    address: maybe(random, () => nameOf(random)),
    email: maybe(random, () => 'a@example.com'),
    remark: maybe(random, () => nameOf(random)),
    field_values: JSON.stringify(valuesOf(random, fields)),
    owner_id: maybe(random, employee, 0.8),
    source: random.pick(CONTACT_SOURCES),
    created_by: maybe(random, employee),
    created_at: earlier(filling),
    updated_at: earlier(filling),
    last_interaction_at: maybe(random, () => earlier(filling)),
    deleted_at: maybe(random, () => earlier(filling), 0.12),
    deleted_by: null,
    beside_id: null,
  };
}

function sharesOf(filling: Filling, rows: Rows, contact_id: string) {
  const { random, organizationId: organization_id, now } = filling;
  const known = rows.contactShares.filter((one) => one.contact_id === contact_id).map((one) => one.employee_id);
  const people = random.some(rows.employees, 2).filter(({ id }) => !known.includes(id));
  const share = (employee_id: string | null, department_id: string | null) => ({
    organization_id,
    id: random.uuid(earlier(filling)),
    contact_id,
    employee_id,
    department_id,
    granted_by: random.pick(rows.employees).id,
    reason: maybe(random, () => nameOf(random)),
    since: earlier(filling),
    until: maybe(random, () => new Date(now.getTime() + DAY * random.pick([-1, 0, 1])), 0.4),
  });
  const departed = random.chance(0.5) ? random.some(rows.departments, 2) : [];
  return [...people.map(({ id }) => share(id, null)), ...departed.map(({ id }) => share(null, id))];
}

function changeOf(filling: Filling, rows: Rows, contact_id: string) {
  const { random, organizationId: organization_id } = filling;
  const value = (): string | null => maybe(random, () => JSON.stringify(random.pick<unknown>([nameOf(random), ['a', 'b"c'], [], ''])));
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    contact_id,
    actor_id: random.chance(0.9) ? random.pick(rows.employees).id : contact_id,
    at: earlier(filling),
    field: random.pick(['name', 'tags']),
    old: value(),
    new: value(),
  };
}

function entryOf(filling: Filling, rows: Rows, contact_id: string, tagIds: readonly string[]) {
  const { random, organizationId: organization_id } = filling;
  const employee = (): string => random.pick(rows.employees).id;
  const kind = random.pick(['SHARE', 'OWNER', 'TAG', 'FORM', 'GONE_VISIT']);
  return {
    organization_id,
    id: random.uuid(earlier(filling)),
    contact_id,
    kind,
    actor_id: maybe(random, employee),
    at: earlier(filling),
    form_id: null,
    employee_id: maybe(random, employee),
    other_employee_id: maybe(random, employee),
    department_id: maybe(random, () => random.pick(rows.departments).id),
    tag_id: kind === 'TAG' ? random.pick(tagIds) : null,
    added: maybe(random, () => random.chance(0.5)),
    detail: '{}',
  };
}
