import { encodeGlobalId, OvertakenError, Refusal, refusedItemPayload, toEach, type UseCase } from '../../sdk/index.ts';
import { addContact, contactPhoneTaken, contacts, holdingPhone, type NewContact, notYours, type TagRow } from '../contacts/index.ts';
import { havingPhones } from '../directory/index.ts';
import { holdOpenWindow, letIn } from '../service-window/index.ts';
import { answersFor } from './application-answers.service.ts';
import { holdLinks, holdTurns, ownerBy, tagsFor } from './application-owner.service.ts';
import { tell } from './applying.service.ts';
import { JoinApplication, joinApplications } from './join-application.entity.ts';
import { joinApplicationDecided } from './joining.errors.ts';
import { changePlaces } from './link-places.service.ts';
import { joining } from './permissions.ts';
import { telling } from './telling.job.ts';

export type ItemPayload = Readonly<Record<string, unknown>> & { readonly '@type': string };
export interface Decided {
  readonly results: readonly ItemPayload[];
}
export interface Acceptance {
  readonly tags: readonly TagRow[];
  /** In place of whom the links name. */
  readonly ownerId: string | undefined;
  /** What all of them become contacts with. */
  readonly details: Pick<NewContact, 'company' | 'position' | 'address' | 'email' | 'remark' | 'customFields'>;
}

/** What an admin says of all of them: a refusal of one is of these, or of the application itself. */
const SAID = ['tagIds', 'ownerId', 'company', 'position', 'address', 'email', 'remark', 'customFields'];

/**
 * Lets in those who applied, each by itself (spec 5.6): whoever is known is invited, the others become contacts first.
 * @throws WindowNotOpen, WindowSuspended: then it is nobody's
 */
export async function acceptApplications(use: UseCase, ids: readonly string[], acceptance: Acceptance): Promise<Decided> {
  await holdOpenWindow(use);
  const answers = await answersFor(use, ids);
  const links = await holdLinks(use, await linksOf(use, ids));
  if (!acceptance.ownerId) await holdTurns(use, links.values());
  const outcomes = new Map<string, { contactId: string; wasKnown: boolean }>();
  const results = await decideEach(use, ids, 'AcceptJoinApplicationsItemSuccess', async (application) => {
    const link = links.get(application.linkId)!;
    const { contactId, known } = await answers.telling(application, async () => {
      const found = await knownContact(use, application.phone);
      return { contactId: found ?? (await newContact(use, application, link, acceptance)), known: found };
    });
    await letIn(use, contactId);
    if (!application.phoneProven) await changePlaces(use, link.id, 1);
    use.em.assign(application, { state: 'ACCEPTED', decidedAt: use.now, decidedBy: use.seat.id, contactId });
    outcomes.set(application.id, { contactId: encodeGlobalId('Contact', contactId), wasKnown: known !== undefined });
  });
  answers.keep();
  return { results: results.map((one) => ({ ...one, ...outcomes.get(one.id as string), id: undefined })) };
}

/** Does not let in those who applied; whoever held a place gives it back. */
export async function refuseApplications(use: UseCase, ids: readonly string[], reason: string): Promise<Decided> {
  await holdLinks(use, await linksOf(use, ids));
  const results = await decideEach(use, ids, 'RefuseJoinApplicationsItemSuccess', async (application) => {
    use.em.assign(application, { state: 'REFUSED', decidedAt: use.now, decidedBy: use.seat.id, reason });
    if (application.phoneProven) await changePlaces(use, application.linkId, -1);
  });
  return { results };
}

type Found = NonNullable<Awaited<ReturnType<typeof applicationNow>>>;
const applicationNow = (use: UseCase, id: string) => use.em.findOneOrFail(JoinApplication, id);

const linksOf = async (use: UseCase, ids: readonly string[]): Promise<string[]> => {
  const rows = await use
    .on(joinApplications)
    .selectFrom('join_applications')
    .select('link_id')
    .distinct()
    .where('id', 'in', [...ids])
    .execute();
  return rows.map(({ link_id: id }) => id);
};

/** Whoever applied with a proven phone is told, once this is committed. */
async function decideEach(
  use: UseCase,
  ids: readonly string[],
  success: string,
  decide: (application: Found) => Promise<void>,
): Promise<(ItemPayload & { readonly id?: string })[]> {
  const how = { type: 'JoinApplication', ids, rule: joining.decide };
  const refused = await toEach(use, how, async (id) => {
    const application = await applicationNow(use, id);
    if (application.state !== 'PENDING') throw joinApplicationDecided({ application: id });
    await decide(application);
    await use.em.flush();
  });
  const done = [...new Set(ids)].filter((id) => !refused.has(id));
  for (const id of done) tell(use, 'DECIDED', id);
  if (done.length) use.startJob(telling, { applicationIds: done });
  return ids.map((id, at) => {
    const refusal = refused.get(id);
    const item = { field: 'applicationIds', at, inputs: SAID };
    if (refused.has(id)) return refusedItemPayload(refusal instanceof Refusal ? refusal : notYours({}), use.language, item);
    return { '@type': success, id, applicationId: encodeGlobalId('JoinApplication', id) };
  });
}

/** Locks the contact of a phone, where there is one. */
async function knownContact(use: UseCase, phone: string): Promise<string | undefined> {
  const [having] = await havingPhones(use, 'CONTACT', [phone]);
  if (!having) return undefined;
  const known = await use
    .on(contacts)
    .selectFrom('contacts')
    .select('id')
    .where('id', '=', having.id)
    .where('deleted_at', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return known?.id;
}

/** @throws PhoneBelongsToEmployee, ContactQuotaReached, LinkOwnerGone, ValidationFailed */
async function newContact(
  use: UseCase,
  { name, phone, linkId }: Found,
  link: Parameters<typeof ownerBy>[1],
  { tags, ownerId, details }: Acceptance,
): Promise<string> {
  const tagIds = await tagsFor(use, linkId, tags);
  const owner = ownerId ?? (await ownerBy(use, link));
  try {
    const contactId = await addContact(use, { ...details, name, phone, tagIds, ownerId: owner, source: 'LINK' }, { taking: holdingPhone });
    return contactId;
  } catch (error) {
    // somebody has added the contact meanwhile: begun again, it is known
    if (error instanceof Refusal && error.type.name === contactPhoneTaken.name) throw new OvertakenError(error);
    throw error;
  }
}
