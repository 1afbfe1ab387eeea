import { setImmediate } from 'node:timers/promises';
import { nameKey, type Phone, transactionOf } from '../../sdk/core.ts';
import { contactAdded, contactShared, type StoredValues, type UseCase } from '../../sdk/index.ts';
import { seatIndex } from '../accounts/index.ts';
import { organizationOf } from '../organization/index.ts';
import { companiesOf } from './company.service.ts';
import { type ContactSource, contacts, type FurtherPhone } from './contact.entity.ts';
import type { Owner } from './contact-adding.service.ts';
import { recordOfEach } from './contact-history.service.ts';
import { takePlaces } from './contact-quota.service.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { termsOf } from './contact-search.service.ts';
import { contactShares } from './contact-share.entity.ts';
import { type TagRow, tagNames } from './contact-tagging.service.ts';
import { writeValues } from './contact-value-writing.service.ts';
import { furtherDigits, furtherPhoneTexts } from './further-phones.rules.ts';
import { contactTags } from './tag.entity.ts';

/** A contact that is to be added, with all that it refers to found and held: nothing of it is refused any more but its phone. */
export interface ReadyContact {
  readonly name: string;
  readonly phone: Phone;
  /** At most one of a group. */
  readonly tags: readonly TagRow[];
  readonly owner: Owner | null;
  readonly sharees: readonly Owner[];
  /** As it was typed. */
  readonly company?: string;
  readonly position?: string;
  readonly address?: string;
  readonly email?: string;
  readonly remark?: string;
  /** Of the organization's own fields, taken as they are now: all that are required are there. */
  readonly values?: StoredValues;
  /** None of them twice, and none the main one. */
  readonly furtherPhones?: readonly FurtherPhone[];
}
export interface Adding {
  readonly source: ContactSource;
  /** Of the quota; places for all were left a moment ago. */
  readonly limit: number;
}
/** What belongs to so many contacts is made ready and sent together: others are answered in between. */
const AT_ONCE = 100;
type Added = ReadyContact & { readonly id: string; readonly companyName: string | null };

/**
 * Adds contacts in a few statements however many they are: all that `addContact` does for one (spec 3.1–3.3, 3.5, 3.16). The turn of the
 * staff's phones is shared, and the phones were held against the staff behind it.
 * @param ready no two of one phone.
 * @returns ids by phone; a phone that somebody else's contact has by now is not among them.
 */
export async function addContacts(
  use: UseCase,
  ready: readonly ReadyContact[],
  { source, limit }: Adding,
): Promise<ReadonlyMap<string, string>> {
  if (ready.length === 0) return new Map();
  const company = await companiesOf(
    use,
    ready.flatMap((one) => one.company ?? []),
  );
  const inOrder = [...ready].sort((one, other) => (one.phone.e164 < other.phone.e164 ? -1 : 1)); // as everybody takes several
  const rows = inOrder.map((one) => rowOf(use, one, company(one.company).id, source));
  const inserted = await use
    .on(contacts)
    .insertInto('contacts')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['organization_id', 'phone']).where('deleted_at', 'is', null).doNothing())
    .returning(['id', 'phone'])
    .execute();
  const ids = new Map(inserted.map(({ id, phone }) => [phone, id]));
  const added = inOrder.flatMap((one): Added[] => {
    const id = ids.get(one.phone.e164);
    return id === undefined ? [] : [{ ...one, id, companyName: company(one.company).name }];
  });
  takePlaces(use, added.length, limit);
  const { is_demo: isDemo } = await organizationOf(use);
  for (let at = 0; at < added.length; at += AT_ONCE) {
    const some = added.slice(at, at + AT_ONCE);
    writeBelongings(use, some);
    await openSeats(use, some, isDemo); // what was written leaves with it
    await setImmediate();
  }
  recordOfEach(
    use,
    await writeValues(
      use,
      added.map(({ id, values = {} }) => ({ contactId: id, before: {}, values })),
    ),
  );
  for (const { id: contactId, owner, sharees } of added) {
    await use.announce(contactAdded({ contactId, ownerId: owner?.id ?? null, source, quiet: true }));
    for (const { id } of sharees)
      await use.announce(contactShared({ contactId, employeeId: id, departmentId: null, until: null, quiet: true }));
  }
  await transactionOf(use).client.query({ name: 'contacts_count', text: 'select contacts_count()' });
  return ids;
}

const rowOf = (use: UseCase, { name, phone, owner, ...of }: ReadyContact, companyId: string | null, source: ContactSource) => ({
  organization_id: use.organizationId,
  id: use.newId(),
  name,
  sort_name: nameKey(name, 'PERSON'),
  phone: phone.e164,
  phone_extension: phone.extension ?? null,
  is_mobile: phone.isMobile,
  company_id: companyId,
  position: of.position || null,
  address: of.address || null,
  email: of.email || null,
  remark: of.remark || null,
  field_values: of.values ?? {},
  further_phones: JSON.stringify(of.furtherPhones ?? []) as never, // an array would be one of PostgreSQL's
  owner_id: owner?.id ?? null,
  source,
  created_by: use.seat.kind === 'EMPLOYEE' ? use.seat.id : null,
  created_at: use.now,
  updated_at: use.now,
});

function writeBelongings(use: UseCase, added: readonly Added[]): void {
  use
    .on(contactTags)
    .add(
      added.flatMap(({ id, tags }) => tags.map((tag) => ({ contact_id: id, tag_id: tag.id, group_id: tag.group_id, tagged_at: use.now }))),
    );
  use.on(contactShares).add(added.flatMap(({ id, sharees }) => sharees.map((sharee) => shareRow(use, id, sharee.id))));
  use.on(contactSearchTerms).add(
    added.flatMap(({ id, name, phone, companyName, furtherPhones = [] }) =>
      termsOf(id, {
        name,
        phone: phone.e164,
        extension: phone.extension ?? null,
        company: companyName,
        further: furtherDigits(furtherPhones),
      }),
    ),
  );
  recordOfEach(
    use,
    added.flatMap((one) => beginningsOf(one).map((change) => ({ ...change, contactId: one.id }))),
  );
}

export const shareRow = (use: UseCase, contactId: string, employeeId: string) => ({
  id: use.newId(),
  contact_id: contactId,
  employee_id: employeeId,
  granted_by: use.seat.id,
  since: use.now,
});

/** The history begins with all that a contact was added with (spec 3.16). */
const beginningsOf = ({ name, phone, tags, owner, sharees, companyName, furtherPhones = [], ...of }: Added) =>
  Object.entries({
    name,
    phone: phone.e164,
    phoneExtension: phone.extension ?? null,
    furtherPhones: furtherPhones.length ? furtherPhoneTexts(furtherPhones) : null,
    tags: tagNames(tags),
    owner: owner?.name ?? null,
    company: companyName,
    position: of.position || null,
    address: of.address || null,
    email: of.email || null,
    remark: of.remark || null,
  })
    .map(([field, value]) => ({ field, old: null, new: value }))
    .concat(sharees.map((sharee) => ({ field: 'sharedWith', old: null, new: sharee.name })));

async function openSeats(use: UseCase, added: readonly Added[], isDemo: boolean): Promise<void> {
  const seats = added.flatMap(({ id, phone }) => (phone.isMobile ? [{ seatId: id, phone: phone.e164 }] : []));
  if (seats.length) await use.service(seatIndex).addAll(use, { seats, kind: 'CONTACT', isDemo });
}
