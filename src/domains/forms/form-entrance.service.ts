import { forbidden, notFound, type UseCase } from '../../sdk/index.ts';
import { contact } from '../contacts/index.ts';
import { type Entrance, enterWindow, enterWindowFor, entranceOf } from '../service-window/index.ts';
import { form } from './permissions.ts';

const CONTACT = ['input', 'contactId'];

/**
 * Lets whoever hands a form in act at the window: a contact for itself, and on its behalf whoever answers for it (spec 6.12). The contact's
 * standing stays as it is until the use case ends, and so does for whom it is.
 * @throws NotFound, FORBIDDEN, WindowSuspended; ValidationFailed where the contact is no member of the window
 */
export async function enterFor(use: UseCase, contactId?: string): Promise<Entrance> {
  const known = entranceOf(use);
  if (known) return known;
  if (use.seat.kind === 'CONTACT') {
    if (contactId !== undefined && contactId !== use.seat.id) throw notFound({}, CONTACT); // there is nobody else to a contact
    return enterWindow(use);
  }
  if (contactId === undefined) throw forbidden(form.submit);
  await use.authorize('Contact', contactId, contact.actFor, { path: CONTACT });
  return enterWindowFor(use, contactId, CONTACT);
}
