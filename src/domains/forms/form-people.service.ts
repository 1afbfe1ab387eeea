import { knownQuery, notFound, type UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import type { Person } from './engine/flow.types.ts';

/** Held until the act is done: who leaves meanwhile is waited for, or waits, and finds the new task. */
const personUnderLock = knownQuery({ employees }, (db, given: { id: string }) =>
  db.selectFrom('employees').select(['id', 'left_at']).where('id', '=', given.id).forShare(),
);
export async function findPerson(use: UseCase, id: string): Promise<Person | undefined> {
  const [found] = await use.on(employees).ask(personUnderLock, { id });
  return found && { id: found.id, isGone: found.left_at !== null };
}
/** @throws NotFound */
export async function personAt(use: UseCase, id: string, path: string): Promise<Person> {
  const found = await findPerson(use, id);
  if (!found) throw notFound({}, ['input', path]);
  return found;
}
/** Who is there to have a turn again; null: whoever claims it. */
export async function ifHere(use: UseCase, id: string | null | undefined): Promise<Person | null> {
  const found = id ? await findPerson(use, id) : undefined;
  return found && !found.isGone ? found : null;
}

/** The owner of a form's contact, who is there. */
export async function ownerOf(use: UseCase, contactId: string): Promise<Person | null> {
  const found = await use.on(contacts).selectFrom('contacts').select('owner_id').where('id', '=', contactId).executeTakeFirst();
  return ifHere(use, found?.owner_id);
}
