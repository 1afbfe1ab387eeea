import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { page } from './page.ts';
import type { NaiveRow } from './rows.ts';
import { employeeOf, entity, INSIDERS, idOf as id, inside, type NaiveEntity, type NaiveField, refuse } from './world.ts';

const COMPANY = [...INSIDERS, 'EXTERNAL', 'PARTICIPANT'];
const VOCABULARY = ['COLLEAGUE'];
const vocabulary = (get: NaiveField<NaiveRow<'contactFields'>>['get']): NaiveField<NaiveRow<'contactFields'>> => ({
  roles: VOCABULARY,
  get,
});

/** A list stands as JSON, spaced as PostgreSQL spaces it. */
const asText = (value: string | readonly string[] | null): string | null =>
  value === null || typeof value === 'string' ? value : `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;

export const contactParts: Readonly<Record<string, NaiveEntity>> = {
  Company: entity<'companies'>({
    table: 'companies',
    reachableFor: COMPANY,
    id,
    roles: (toward, row) => toward.company(row),
    fields: {
      id: { roles: COMPANY, get: (row) => encodeGlobalId('Company', row.id) },
      name: { roles: COMPANY, get: ({ name }) => name },
    },
  }),
  ContactShare: entity<'contactShares'>({
    table: 'contactShares',
    reachableFor: INSIDERS,
    id,
    roles: (toward, row) => toward.ofContact(row.contact_id),
    fields: {
      id: inside((row) => encodeGlobalId('ContactShare', row.id)),
      name: inside(
        (row, { world: { rows } }) =>
          [...rows.employees, ...rows.departments].find((one) => one.id === (row.employee_id ?? row.department_id))?.name,
      ),
      employee: inside((row, { world }) => employeeOf(world, row.employee_id)),
      department: inside((row, { world }) =>
        world.object(
          'Department',
          world.rows.departments.find((one) => one.id === row.department_id),
        ),
      ),
      grantedBy: inside((row, { world }) => employeeOf(world, row.granted_by)),
      reason: inside(({ reason }) => reason),
      since: inside(({ since }) => since),
      until: inside(({ until }) => until),
    },
  }),
  ContactChange: entity<'contactHistory'>({
    table: 'contactHistory',
    reachableFor: INSIDERS,
    id,
    roles: (toward, row) => toward.ofContact(row.contact_id),
    fields: {
      id: inside((row) => encodeGlobalId('ContactChange', row.id)),
      at: inside(({ at }) => at),
      actor: inside((row, { world }) => employeeOf(world, row.actor_id)),
      field: inside(({ field }) => field),
      from: inside(({ old }) => asText(old)),
      to: inside((row) => asText(row.new)),
    },
  }),
  ContactField: entity<'contactFields'>({
    table: 'contactFields',
    reachableFor: VOCABULARY,
    id,
    roles: (toward) => toward.vocabulary(),
    fields: {
      id: vocabulary((row) => encodeGlobalId('ContactField', row.id)),
      version: vocabulary(({ version }) => version),
      name: vocabulary(({ name }) => name),
      label: vocabulary(({ label }) => label),
      kind: vocabulary(({ kind }) => kind),
      builtIn: vocabulary((row) => row.is_built_in),
      required: vocabulary((row) => row.is_required),
      visibleToContact: vocabulary((row) => row.visible_to_contact),
      position: vocabulary(({ position }) => position),
      options: vocabulary(({ settings }) => (settings.options ?? []).map((option) => ({ parentId: null, ...option }))),
      min: vocabulary(({ settings }) => settings.min),
      max: vocabulary(({ settings }) => settings.max),
      currency: vocabulary(({ settings }) => settings.currency),
      maxLength: vocabulary(({ settings }) => settings.maxLength),
      decimals: vocabulary(({ settings }) => settings.decimals),
      most: vocabulary(({ settings }) => settings.most),
      usage: {
        roles: ['COLLEAGUE'],
        get: (row, { world }) => {
          if (!world.toward.holdsWhole('CONTACTS')) throw refuse('FORBIDDEN');
          return world.rows.contacts.filter((one) => one.deleted_at === null && one.field_values[row.id] !== undefined).length;
        },
      },
    },
  }),
  Tag: entity<'tags'>({
    table: 'tags',
    reachableFor: VOCABULARY,
    id,
    roles: (toward) => toward.vocabulary(),
    fields: {
      id: { roles: VOCABULARY, get: (row) => encodeGlobalId('Tag', row.id) },
      version: { roles: VOCABULARY, get: ({ version }) => version },
      name: { roles: VOCABULARY, get: ({ name }) => name },
      group: {
        roles: VOCABULARY,
        get: (row, { world }) =>
          world.object(
            'TagGroup',
            world.rows.tagGroups.find((one) => one.id === row.group_id),
          ),
      },
    },
  }),
  TagGroup: entity<'tagGroups'>({
    table: 'tagGroups',
    reachableFor: VOCABULARY,
    id,
    roles: (toward) => toward.vocabulary(),
    fields: {
      id: { roles: VOCABULARY, get: (row) => encodeGlobalId('TagGroup', row.id) },
      version: { roles: VOCABULARY, get: ({ version }) => version },
      name: { roles: VOCABULARY, get: ({ name }) => name },
      color: { roles: VOCABULARY, get: ({ color }) => color },
      tags: {
        roles: VOCABULARY,
        get: (row, { world, args }) => {
          const rows = world.rows.tags.filter((tag) => tag.group_id === row.id);
          const orders = { POSITION: ({ position }: { readonly position: number }) => position };
          return page(world, { type: 'Tag', rows, key: id, orders, order: { field: 'POSITION', direction: 'ASC' } }, args);
        },
      },
    },
  }),
  Interaction: entity<'interactions'>({
    table: 'interactions',
    reachableFor: INSIDERS,
    id,
    roles: (toward, row) => toward.ofContact(row.contact_id),
    typeOf: ({ kind }) =>
      ({ SHARE: 'ShareInteraction', OWNER: 'OwnerInteraction', TAG: 'TagInteraction', FORM: 'FormInteraction' })[kind] ??
      'OtherInteraction',
    fields: {
      id: inside((row) => encodeGlobalId('Interaction', row.id)),
      kind: inside(({ kind }) => kind),
      at: inside(({ at }) => at),
      actor: inside((row, { world }) => employeeOf(world, row.actor_id)),
      contact: inside((row, { world }) =>
        world.object(
          'Contact',
          world.rows.contacts.find((one) => one.id === row.contact_id),
        ),
      ),
    },
    kinds: {
      ShareInteraction: {
        employee: inside((row, { world }) => employeeOf(world, row.employee_id)),
        department: inside((row, { world }) =>
          world.object(
            'Department',
            world.rows.departments.find((one) => one.id === row.department_id),
          ),
        ),
        added: inside(({ added }) => added),
      },
      OwnerInteraction: {
        from: inside((row, { world }) => employeeOf(world, row.employee_id)),
        to: inside((row, { world }) => employeeOf(world, row.other_employee_id)),
      },
      CompanyAccessInteraction: { added: inside(({ added }) => added) },
      TagInteraction: {
        tag: inside((row, { world }) =>
          world.object(
            'Tag',
            world.rows.tags.find((one) => one.id === row.tag_id),
          ),
        ),
        added: inside(({ added }) => added),
      },
      FormInteraction: {
        form: inside((row, { world }) =>
          world.object(
            'BusinessForm',
            world.rows.businessForms.find((one) => one.id === row.form_id),
          ),
        ),
      },
      OtherInteraction: {},
    },
  }),
};
