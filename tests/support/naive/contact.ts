import { readPhone } from '../../../src/platform/phone/phone.ts';
import { encodeGlobalId } from '../../../src/sdk/index.ts';
import { SHOWN } from './forms.ts';
import { few, page } from './page.ts';
import type { NaiveRow } from './rows.ts';
import { employeeOf, entity, INSIDERS, idOf as id, inside, type NaiveField, refuse, type World } from './world.ts';

type Contact = NaiveRow<'contacts'>;
type Get = NaiveField<Contact>['get'];

const SEEN = [...INSIDERS, 'COLLEAGUE', 'PARTICIPANT', 'EXTERNAL'];
const OWN = [...INSIDERS, 'EXTERNAL'];
const COMPANY = [...OWN, 'PARTICIPANT'];
const EDITORS = ['ADMIN', 'OWNER', 'OWNERS_SUPERVISOR'];

const seen = (get: Get): NaiveField<Contact> => ({ roles: SEEN, get });
const own = (get: Get): NaiveField<Contact> => ({ roles: OWN, get });

const lists = {
  tags: inside<Contact>((row, { world }) => {
    const links = world.rows.contactTags.filter((link) => link.contact_id === row.id).map((link) => link.tag_id);
    const rows = world.rows.tags.filter((tag) => links.includes(tag.id));
    return few(world, { type: 'Tag', rows, key: id, order: { field: 'CREATED_AT', direction: 'ASC' } }, 100);
  }),
  sharedWith: inside<Contact>((row, { world, args }) => {
    const rows = world.rows.contactShares.filter((one) => one.contact_id === row.id && (one.until === null || one.until > world.now));
    return page(world, { type: 'ContactShare', rows, key: id }, args);
  }),
  history: inside<Contact>((row, { world, args }) => {
    const rows = world.rows.contactHistory.filter((one) => one.contact_id === row.id);
    return page(world, { type: 'ContactChange', rows, key: id }, args);
  }),
  timeline: inside<Contact>((row, { world, args }) => {
    const kinds = args.kinds as string[] | null | undefined;
    const rows = world.rows.interactions.filter((one) => one.contact_id === row.id && (!kinds || kinds.includes(one.kind)));
    return page(world, { type: 'Interaction', rows, key: id }, args);
  }),
};

export const contactEntity = entity<'contacts'>({
  table: 'contacts',
  reachableFor: SEEN,
  id,
  isPresent: ({ deleted_at }) => deleted_at === null,
  roles: (toward, row) => toward.contact(row),
  fields: {
    id: seen((row) => encodeGlobalId('Contact', row.id)),
    name: seen(({ name }) => name),
    organization: seen((_, { world }) => world.object('Organization', world.rows.organizations[0])),
    viewerRoles: seen((_, { roles }) => [...roles]),
    viewerAccess: seen((row, { world, roles }) => accessOf(row, world, roles)),
    viewerCan: seen((_, { roles }) => canOf(roles)),
    phone: own(({ phone }) => phone),
    phoneExtension: own((row) => row.phone_extension),
    phoneFormatted: own((row) => {
      const extension = row.phone_extension ? ` ext. ${row.phone_extension}` : '';
      return `${readPhone(row.phone)?.formatted ?? row.phone}${extension}`;
    }),
    furtherPhones: own(({ further_phones }) => further_phones),
    address: own(({ address }) => address),
    company: {
      roles: COMPANY,
      get: (row, { world }) =>
        world.object(
          'Company',
          world.rows.companies.find((one) => one.id === row.company_id),
        ),
    },
    version: inside(({ version }) => version),
    position: inside(({ position }) => position),
    email: inside(({ email }) => email),
    remark: inside(({ remark }) => remark),
    companyAccess: own(() => 'SELF'),
    customFields: { roles: OWN, get: customFieldsOf },
    card: inside(() => null),
    photo: inside(() => null),
    source: inside(({ source }) => source),
    createdAt: seen((row) => row.created_at),
    updatedAt: inside((row) => row.updated_at),
    followUpOn: inside((row) => row.follow_up_on),
    followUpNote: inside((row) => row.follow_up_note),
    lastInteractionAt: inside((row) => row.last_interaction_at),
    deletedAt: inside((row) => row.deleted_at),
    owner: {
      roles: OWN,
      get: (row, { world, roles }) => {
        if (!world.toward.isEmployee)
          return world.object(
            'PortalEmployee',
            world.rows.employees.find((one) => one.id === row.owner_id),
          );
        if (!INSIDERS.some((role) => roles.has(role))) throw refuse('FORBIDDEN');
        return employeeOf(world, row.owner_id);
      },
    },
    windowStatus: inside((row, { world }) =>
      world.rows.windowMembers.some((one) => one.contact_id === row.id)
        ? 'INVITED'
        : world.rows.windowLeavings.some((one) => one.contact_id === row.id)
          ? 'LEFT'
          : 'NOT_INVITED',
    ),
    createdBy: inside((row, { world }) => employeeOf(world, row.created_by)),
    ...lists,
  },
});

/** Values in the order of their fields: the contact itself is shown some, and insiders all. */
function customFieldsOf(row: Contact, { world, roles }: { readonly world: World; readonly roles: ReadonlySet<string> }): object[] {
  const { isEmployee } = world.toward;
  if (isEmployee && !INSIDERS.some((role) => roles.has(role))) throw refuse('FORBIDDEN');
  return [...world.rows.contactFields]
    .sort((one, other) => one.position - other.position)
    .filter((field) => row.field_values[field.id] !== undefined && (isEmployee || field.visible_to_contact))
    .map(({ id: uuid, name, label, kind }) => {
      const field = { id: encodeGlobalId('ContactField', uuid), name, label, kind };
      return { field, ...SHOWN[kind]!(row.field_values[uuid] as never) };
    });
}

function accessOf(row: Contact, world: World, roles: ReadonlySet<string>): object[] {
  const plain = [...roles].filter((role) => role !== 'SHAREE').map((role) => ({ role, through: null, since: null, until: null }));
  const shares = world.toward.sharesOf(row.id).map(({ department_id, since, until }) => {
    const through = world.rows.departments.find((department) => department.id === department_id)?.name ?? null;
    return { role: 'SHAREE', through, since, until };
  });
  return [...plain, ...shares];
}

function canOf(roles: ReadonlySet<string>): Readonly<Record<string, boolean>> {
  const may = (admitted: readonly string[]): boolean => admitted.some((role) => roles.has(role));
  return {
    edit: may(EDITORS),
    delete: may(['ADMIN']),
    share: may(EDITORS),
    transfer: may(EDITORS),
    tag: may(EDITORS),
    message: may([...INSIDERS, 'COLLEAGUE']),
    call: may(INSIDERS),
    sendCard: may(INSIDERS),
    submitForms: may(EDITORS),
  };
}
