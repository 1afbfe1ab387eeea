import { knownQuery, notFound, type UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import type { Person } from './engine/flow.types.ts';
import { standInsFor } from './stand-ins/standing-in.service.ts';

/** Held until the act is done: who leaves meanwhile is waited for, or waits, and finds the new task. */
const personUnderLock = knownQuery({ employees }, (db, given: { id: string }) =>
  db.selectFrom('employees').select(['id', 'left_at']).where('id', '=', given.id).forShare(),
);
async function lockPerson(use: UseCase, id: string): Promise<Person | undefined> {
  const [found] = await use.on(employees).ask(personUnderLock, { id });
  return found && { id: found.id, isGone: found.left_at !== null };
}
/** Somebody who is picked before it is known of which template: with a stand-in, once it is. */
export async function findPicked(use: UseCase, id: string): Promise<((templateId: string) => Person) | undefined> {
  const [person, standIn] = await Promise.all([lockPerson(use, id), standInsFor(use, id)]); // read behind the lock
  return person && ((templateId) => ({ ...person, standIn: standIn(templateId) }));
}
/** @param templateId of the form of which they may have a turn, or whoever stands in for them */
export const findPerson = async (use: UseCase, id: string, templateId: string): Promise<Person | undefined> =>
  (await findPicked(use, id))?.(templateId);
/** @throws NotFound */
export async function pickedAt(use: UseCase, id: string, path: string): Promise<(templateId: string) => Person> {
  const found = await findPicked(use, id);
  if (!found) throw notFound({}, ['input', path]);
  return found;
}
/** Who is there to have a turn again; null: whoever claims it. */
export async function ifHere(use: UseCase, id: string | null | undefined, templateId: string): Promise<Person | null> {
  const found = id ? await findPerson(use, id, templateId) : undefined;
  return found && !found.isGone ? found : null;
}

/** The owner of a form's contact, who is there; a form among colleagues has none. */
export async function ownerOf(use: UseCase, contactId: string | null, templateId: string): Promise<Person | null> {
  if (contactId === null) return null;
  const found = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', contactId).executeTakeFirst();
  return ifHere(use, found?.owner_id, templateId);
}
