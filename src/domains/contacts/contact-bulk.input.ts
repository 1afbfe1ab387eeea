import { forbidden, type InputMaker, input, invalid, type UseCase } from '../../sdk/index.ts';
import { Contact, ContactListName } from './contact.refs.ts';
import { contact } from './permissions.ts';

/** Characters of a search. */
const SEARCHED = 100;

/** The input of a bulk act that takes ids alone. */
export const contactIds = (t: InputMaker) => t.globalIds(Contact, { description: 'The contacts, at most 250.', least: 1 });

/** The contacts of a bulk act: by their ids, or as a list with its search and filter. */
export const contactsGiven = (t: InputMaker) => ({
  contactIds: t.globalIds(Contact, { description: 'The contacts, at most 250; or name a list.', required: false, least: 1 }),
  list: t.choice(ContactListName, {
    description: 'All contacts of this list, as `Query.contacts` has it for you, by a job: for admins with the right CONTACTS.',
    required: false,
  }),
  search: t.text({ description: 'Of the list those in which these characters occur.', required: false, max: SEARCHED }),
  where: t.parsed(input.listFilter('ContactFilter', 'Of the list those that this admits.'), { required: false }),
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
 * Which of the two was given.
 * @throws ValidationFailed unless one of them was, FORBIDDEN for a list that is not the seat's to use, and for whoever is no admin of contacts
 */
export async function chosenContacts(
  use: UseCase,
  { contactIds: ids, list, search, where }: ContactsGiven,
): Promise<{ readonly ids: readonly string[] } | { readonly list: GivenList }> {
  const isList = list !== undefined || search !== undefined || where !== undefined;
  if (isList === (ids !== undefined))
    throw invalid(['input', 'contactIds'], 'IDS_OR_LIST', {
      en: 'Name contacts by their ids, or a list of them.',
      'zh-CN': '请指定联系人编号，或指定一个列表。',
    });
  if (ids) return { ids };
  if (!use.seat.rights.has('CONTACTS')) throw forbidden(contact.bulk);
  const given = { list, search, where };
  await use.listed(listedContacts(given), { first: 1 }); // what is wrong with it is told now
  return { list: given };
}

export const listedContacts = (args: GivenList) => ({ field: 'contacts', args: { ...args } });
