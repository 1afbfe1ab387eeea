import { contactDeleted, contactRestored, listen, type UseCase } from '../../sdk/index.ts';
import { putOffRested } from './due-time.service.ts';
import { ON_THEIR_WAY } from './engine/may-act.ts';
import { businessForms } from './form.entity.ts';
import { actOnForm, holdForServer } from './form-acts.service.ts';
import { lockForm } from './form-step.service.ts';

export const CONTACT_DELETED = 'CONTACT_DELETED';

/** Forms on their way of a contact, whose row is held. */
const formsOf = (use: UseCase, contactId: string, isPaused: boolean): Promise<{ id: string }[]> =>
  use
    .on(businessForms)
    .selectFrom('business_forms')
    .select('id')
    .where('contact_id', '=', contactId)
    .where('state', 'in', ON_THEIR_WAY)
    .where('paused_reason', isPaused ? 'is not' : 'is', null)
    .orderBy('id')
    .execute();

async function rest(use: UseCase, contactId: string, kind: 'PAUSE' | 'RESUME'): Promise<void> {
  for (const { id } of await formsOf(use, contactId, kind === 'RESUME')) {
    const held = await holdForServer(use, await lockForm(use, id), kind);
    await actOnForm(use, held, { kind }, { words: { pausedReason: CONTACT_DELETED } });
    if (kind === 'RESUME') await putOffRested(use, id);
  }
}

/** Forms on their way rest while their contact is in the bin, and go on where they stood after its restore (spec 3.8). */
export const pausing = [
  listen(contactDeleted, (use, { contactId }) => rest(use, contactId, 'PAUSE')),
  listen(contactRestored, (use, { contactId }) => rest(use, contactId, 'RESUME')),
];
