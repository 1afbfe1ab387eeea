import { serverSecret } from '../../sdk/core.ts';
import { contactShareDecided, contactShareRequested, invalid, notFound, type UseCase } from '../../sdk/index.ts';
import { holdEmployed } from '../directory/index.ts';
import { contacts } from './contact.entity.ts';
import { type NewShare, shareContact } from './contact-sharing.service.ts';
import { contact, shareRequest } from './permissions.ts';
import { ContactShareRequest, contactShareRequests } from './share-request.entity.ts';
import { shareAlreadyRequested, shareRequestDecided } from './share-request.errors.ts';
import { tooEarly } from './share-request.rules.ts';
import { openRequest } from './share-request.token.ts';

const TOKEN = ['input', 'requestToken'];
const REQUEST = ['input', 'requestId'];

/**
 * The contact that a token stands for. One that was forged, is another seat's or too old, and one whose contact is gone, are alike. The contact and
 * the asker stay as they are until the request is there: what then makes an end of it finds it.
 * @throws NotFound, ValidationFailed where the seat finds the contact anyway
 */
export async function contactAskedFor(use: UseCase, token: string): Promise<string> {
  const contactId = openRequest(use.service(serverSecret), token, use.seat.id, use.now);
  if (!contactId) throw notFound({}, TOKEN);
  await use.on(contacts).selectFrom('contacts').select('id').where('id', '=', contactId).forShare().execute();
  if (!(await holdEmployed(use, [use.seat.id])).has(use.seat.id)) throw notFound({}, TOKEN);
  await use.find('Contact', contactId, TOKEN);
  if (await use.may('Contact', contactId, contact.insiders))
    throw invalid(TOKEN, 'NOT_NEEDED', { en: 'You find this contact already.', 'zh-CN': '您已可以查看该联系人。' });
  return contactId;
}

/** Asks those who may share a contact. @returns the request's id. @throws ShareAlreadyRequested */
export async function requestShare(use: UseCase, contactId: string, reason: string | undefined): Promise<string> {
  const askerId = use.seat.id;
  const last = await use.em.findOne(ContactShareRequest, { contactId, askerId }, { orderBy: { id: 'desc' } });
  const early = last && tooEarly(last, use.now);
  if (early) throw shareAlreadyRequested(early, TOKEN);
  const { id } = use.em.create(ContactShareRequest, { contactId, askerId, reason: reason ?? null, state: 'PENDING', askedAt: use.now });
  use.refuseTaken('contact_share_requests_pending', () => shareAlreadyRequested({ again: null }, TOKEN));
  await use.announce(contactShareRequested({ requestId: id, contactId, askerId }));
  return id;
}

/** Locks the contact, then the request. @throws NotFound, FORBIDDEN, ShareRequestDecided */
export async function holdRequest(use: UseCase, requestId: string) {
  await use.find('ContactShareRequest', requestId, REQUEST);
  const { contact_id: contactId } = await use
    .on(contactShareRequests)
    .selectFrom('contact_share_requests')
    .select('contact_id')
    .where('id', '=', requestId)
    .executeTakeFirstOrThrow();
  await use.authorize('Contact', contactId, contact.edit, { path: REQUEST });
  await use.authorize('ContactShareRequest', requestId, shareRequest.decide, { path: REQUEST });
  const request = await use.em.findOneOrFail(ContactShareRequest, requestId);
  if (request.state !== 'PENDING') throw shareRequestDecided({ request: requestId }, REQUEST);
  return request;
}
type Held = Awaited<ReturnType<typeof holdRequest>>;

/** Shares the contact with the asker, which grants the request. @throws ValidationFailed where the asker left, or the end has passed */
export const grantRequest = (
  use: UseCase,
  { contactId, askerId }: Held,
  { until, reason }: Pick<NewShare, 'until' | 'reason'>,
): Promise<string> => shareContact(use, { contactId, employeeId: askerId, departmentId: null, until, reason, path: REQUEST });

export async function refuseRequest(use: UseCase, request: Held, answer: string | null): Promise<void> {
  use.em.assign(request, { state: 'REFUSED', decidedAt: use.now, decidedBy: use.seat.id, answer });
  const { id: requestId, contactId, askerId } = request;
  await use.announce(contactShareDecided({ requestId, contactId, askerId, granted: false }));
}
