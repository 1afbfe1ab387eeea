import { forbidden, type InputMaker, input, invalid, type UseCase } from '../../sdk/index.ts';
import { Contact, ContactListName } from './contact.refs.ts';
import { contact } from './permissions.ts';

/** Characters of a search. */
const SEARCHED = 100;

/** The input of a bulk act that takes ids alone. */
export const contactIds = (t: InputMaker) => t.globalIds(Contact, { description: 'The contacts, at most 250.', least: 1 });

/** What of a list is meant, as `Query.contacts` takes it. */
export const ofList = (t: InputMaker) => ({
  search: t.text({ description: 'Of the list those that this finds.', required: false, max: SEARCHED }),
  where: t.parsed(input.listFilter('ContactFilter', 'Of the list those that this admits.'), { required: false }),
});
/** The contacts of a bulk act: by their ids, or as a list with its search and filter. */
export const contactsGiven = (t: InputMaker) => ({
  contactIds: t.globalIds(Contact, { description: 'The contacts, at most 250; or name a list.', required: false, least: 1 }),
  list: t.choice(ContactListName, {
    description:
      'All contacts of this list, as `Query.contacts` has it for you, by a job: for admins with the right CONTACTS. Whoever gives `search` or `where` names it, too; not `BIN`.',
    required: false,
  }),
  ...ofList(t),
});
export interface ContactsGiven {
  readonly contactIds?: readonly string[];
  readonly list?: string;
  readonly search?: string;
  readonly where?: object;
}
/** A list and what of it is meant. */
export type GivenList = Omit<ContactsGiven, 'contactIds'>;

/**
 * Which of the two was given. A list is named: a filter that happens to be empty is not everybody.
 * @throws ValidationFailed unless one of them was, FORBIDDEN for a list that is not the seat's to use, and for whoever is no admin of contacts
 */
export async function chosenContacts(
  use: UseCase,
  { contactIds: ids, list, search, where }: ContactsGiven,
): Promise<{ readonly ids: readonly string[] } | { readonly list: GivenList }> {
  const isList = list !== undefined;
  const isFiltered = search !== undefined || where !== undefined;
  if (isList === (ids !== undefined) || (isFiltered && !isList))
    throw invalid(['input', 'contactIds'], 'IDS_OR_LIST', {
      en: 'Name contacts by their ids, or a list of them.',
      'zh-CN': '请指定联系人编号，或指定一个列表。',
    });
  if (ids) return { ids };
  if (!use.seat.rights.has('CONTACTS')) throw forbidden(contact.bulk);
  if (list === 'BIN')
    throw invalid(['input', 'list'], 'IN_THE_BIN', {
      en: 'Nothing is done to contacts in the bin; restore them first.',
      'zh-CN': '回收站中的联系人不能操作，请先恢复。',
    });
  const given = { list, search, where };
  await refuseList(use, given);
  return { list: given };
}

/** Tells before a job begins what is wrong with a list. @throws FORBIDDEN, BAD_REQUEST and LIMIT_EXCEEDED, as `Query.contacts` does */
export const refuseList = async (use: UseCase, list: GivenList): Promise<void> => {
  await use.listed(listedContacts(list), { first: 1 });
};
export const listedContacts = (args: GivenList) => ({ field: 'contacts', args: { ...args } });
