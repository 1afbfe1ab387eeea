import {
  contactOwnerChanged,
  contactShared,
  contactTagged,
  contactUnshared,
  RAISED,
  type StoredValues,
  type UseCase,
} from '../../sdk/index.ts';
import { companiesOf } from './company.service.ts';
import { contacts, type FurtherPhone } from './contact.entity.ts';
import type { Owner } from './contact-adding.service.ts';
import { type Change, type ChangedBy, recordOfEach } from './contact-history.service.ts';
import type { KnownContact } from './contact-known.service.ts';
import { shareRow } from './contact-mass-adding.service.ts';
import { contactSearchTerms } from './contact-search.entity.ts';
import { termsOf } from './contact-search.service.ts';
import { contactShares } from './contact-share.entity.ts';
import { grantPending } from './contact-sharing.service.ts';
import { type TagRow, tagNames } from './contact-tagging.service.ts';
import { writeValues } from './contact-value-writing.service.ts';
import { furtherDigits, furtherPhoneTexts } from './further-phones.rules.ts';
import { contactTags } from './tag.entity.ts';

/** What a contact is to be, and what it is. Its row is locked, and what it refers to is held. */
export interface ContactChangeTo {
  readonly now: KnownContact;
  readonly name: string;
  /** As it was typed. */
  readonly company: string | null;
  readonly position: string | null;
  readonly address: string | null;
  readonly email: string | null;
  readonly remark: string | null;
  readonly furtherPhones: readonly FurtherPhone[];
  readonly owner: { readonly id: string | null; readonly name: string | null; readonly former: string | null };
  /** At most one of a group, and at least one. */
  readonly tags: readonly TagRow[];
  /** Of the organization's own fields; what is left out stays as it is. */
  readonly values?: StoredValues;
  readonly sharedToo?: readonly Owner[];
  readonly unshared?: readonly Owner[];
}
const TEXTS = ['position', 'address', 'email', 'remark'] as const;
const without = <One extends { readonly id: string }>(all: readonly One[], others: readonly One[]): One[] =>
  all.filter(({ id }) => !others.some((other) => other.id === id));

/** Edits contacts in a few statements however many they are: all that editing, tagging, sharing and giving away do for one (spec 3.7, 3.16). */
export async function editContacts(use: UseCase, edits: readonly ContactChangeTo[], by: ChangedBy = 'ACTS'): Promise<void> {
  if (edits.length === 0) return;
  const company = await companiesOf(
    use,
    edits.flatMap((edit) => edit.company ?? []),
  );
  for (const edit of edits)
    use.on(contacts).change(
      { id: edit.now.id },
      {
        name: edit.name,
        company_id: company(edit.company ?? undefined).id,
        position: edit.position,
        address: edit.address,
        email: edit.email,
        remark: edit.remark,
        field_values: valuesOf(edit),
        further_phones: edit.furtherPhones,
        owner_id: edit.owner.id,
        version: RAISED,
        updated_at: use.now,
      },
    );
  recordOfEach(
    use,
    edits.flatMap((edit) =>
      changesOf(edit, company(edit.company ?? undefined).name).map((change) => ({ ...change, contactId: edit.now.id })),
    ),
    by,
  );
  recordOfEach(
    use,
    await writeValues(
      use,
      edits.map((edit) => ({ contactId: edit.now.id, before: edit.now.fieldValues, values: valuesOf(edit) })),
    ),
    by,
  );
  await writeTerms(use, edits);
  await writeTags(use, edits);
  await writeShares(use, edits);
  for (const edit of edits) await tell(use, edit);
}

const valuesOf = ({ now, values = now.fieldValues }: ContactChangeTo): StoredValues => values;

const phoneTexts = (phones: readonly FurtherPhone[]): string[] | null => (phones.length ? furtherPhoneTexts(phones) : null);

function changesOf(edit: ContactChangeTo, company: string | null): Change[] {
  const { now, owner, tags, sharedToo = [], unshared = [] } = edit;
  return [
    { field: 'name', old: now.name, new: edit.name },
    { field: 'company', old: now.company, new: company },
    { field: 'furtherPhones', old: phoneTexts(now.furtherPhones), new: phoneTexts(edit.furtherPhones) },
    ...TEXTS.map((field) => ({ field, old: now[field], new: edit[field] })),
    { field: 'owner', old: owner.former, new: owner.id === now.ownerId ? owner.former : owner.name },
    { field: 'tags', old: tagNames(now.tags), new: tagNames(tags) },
    ...sharedToo.map(({ name }) => ({ field: 'sharedWith', old: null, new: name })),
    ...unshared.map(({ name }) => ({ field: 'sharedWith', old: name, new: null })),
  ];
}

async function writeTerms(use: UseCase, edits: readonly ContactChangeTo[]): Promise<void> {
  const renamed = edits.filter(
    ({ now, name, company, furtherPhones }) => now.name !== name || now.company !== company || furtherPhones !== now.furtherPhones,
  );
  if (renamed.length === 0) return;
  const ids = renamed.map(({ now }) => now.id);
  await use
    .on(contactSearchTerms)
    .deleteFrom('contact_search_terms')
    .where((of) => of('contact_id', '=', of.fn.any(of.val(ids))))
    .execute();
  use
    .on(contactSearchTerms)
    .add(
      renamed.flatMap(({ now, name, company, furtherPhones }) =>
        termsOf(now.id, { name, phone: now.phone, extension: now.phoneExtension, company, further: furtherDigits(furtherPhones) }),
      ),
    );
}

async function writeTags(use: UseCase, edits: readonly ContactChangeTo[]): Promise<void> {
  const gone = edits.flatMap(({ now, tags }) => without(now.tags, tags).map(({ id }) => ({ contact: now.id, tag: id })));
  for (const [tag, of] of Map.groupBy(gone, (one) => one.tag)) {
    const ids = of.map(({ contact }) => contact);
    await use
      .on(contactTags)
      .deleteFrom('contact_tags')
      .where('tag_id', '=', tag)
      .where((of) => of('contact_id', '=', of.fn.any(of.val(ids))))
      .execute();
  }
  use
    .on(contactTags)
    .add(
      edits.flatMap(({ now, tags }) =>
        without(tags, now.tags).map(({ id, group_id }) => ({ contact_id: now.id, tag_id: id, group_id, tagged_at: use.now })),
      ),
    );
}

async function writeShares(use: UseCase, edits: readonly ContactChangeTo[]): Promise<void> {
  const ended = edits.flatMap(({ now, sharedToo = [], unshared = [] }) =>
    [...sharedToo, ...unshared].map(({ id }) => ({ contact: now.id, employee: id })),
  );
  // those that are shared anew too: what is left of a share that has ended by itself
  for (const [employee, of] of Map.groupBy(ended, (one) => one.employee)) {
    const ids = of.map(({ contact }) => contact);
    await use
      .on(contactShares)
      .deleteFrom('contact_shares')
      .where('employee_id', '=', employee)
      .where((of) => of('contact_id', '=', of.fn.any(of.val(ids))))
      .execute();
  }
  use.on(contactShares).add(edits.flatMap(({ now, sharedToo = [] }) => sharedToo.map(({ id }) => shareRow(use, now.id, id))));
  const shared = edits.flatMap(({ now, sharedToo = [] }) => sharedToo.map(({ id }) => ({ contact: now.id, employee: id })));
  for (const [employee, of] of Map.groupBy(shared, (one) => one.employee))
    await grantPending(
      use,
      of.map(({ contact }) => contact),
      employee,
      null,
    );
}

async function tell(use: UseCase, { now, owner, tags, sharedToo = [], unshared = [] }: ContactChangeTo): Promise<void> {
  const [contactId, quiet] = [now.id, true];
  if (owner.id !== now.ownerId) await use.announce(contactOwnerChanged({ contactId, from: now.ownerId, to: owner.id, quiet }));
  for (const { id: tagId } of without(now.tags, tags)) await use.announce(contactTagged({ contactId, tagId, added: false, quiet }));
  for (const { id: tagId } of without(tags, now.tags)) await use.announce(contactTagged({ contactId, tagId, added: true, quiet }));
  const share = { contactId, departmentId: null, quiet };
  for (const { id } of sharedToo) await use.announce(contactShared({ ...share, employeeId: id, until: null }));
  for (const { id } of unshared) await use.announce(contactUnshared({ ...share, employeeId: id }));
}
