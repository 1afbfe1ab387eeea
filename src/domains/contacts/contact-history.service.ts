import type { UseCase } from '../../sdk/index.ts';
import { contactHistory } from './contact-history.entity.ts';

export type Recorded = string | readonly string[] | null;
export interface Change {
  /** Name of the field as in the API. */
  readonly field: string;
  readonly old: Recorded;
  readonly new: Recorded;
}

/** Writes changes of a contact down: who, when, what from, what to (spec 3.16). Those that change nothing are left out. */
export async function recordChanges(use: UseCase, contactId: string, changes: readonly Change[]): Promise<void> {
  const rows = changes
    .map(({ field, old, new: now }) => ({ field, old: JSON.stringify(old), new: JSON.stringify(now) }))
    .filter(({ old, new: now }) => old !== now)
    .map(({ field, old, new: now }) => ({
      organization_id: use.organizationId,
      id: use.newId(),
      contact_id: contactId,
      actor_id: use.seat.id,
      at: use.now,
      field,
      old: old === 'null' ? null : (old as Recorded),
      new: now === 'null' ? null : (now as Recorded),
    }));
  if (rows.length) await use.on({ contact_history: contactHistory }).insertInto('contact_history').values(rows).execute();
}
