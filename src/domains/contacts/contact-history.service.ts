import type { UseCase } from '../../sdk/index.ts';
import { contactHistory } from './contact-history.entity.ts';

export type Recorded = string | readonly string[] | null;
export interface Change {
  /** Name of the field as in the API. */
  readonly field: string;
  readonly old: Recorded;
  readonly new: Recorded;
}

/** Writes changes of a contact down, without waiting: who, when, what from, what to (spec 3.16). Those that change nothing are left out. */
export const recordChanges = (use: UseCase, contactId: string, changes: readonly Change[]): void =>
  recordOfEach(
    use,
    changes.map((change) => ({ ...change, contactId })),
  );

/** What has changed contacts: acts on them, settings that concern them, or that such an act was taken back. */
export type ChangedBy = 'ACTS' | 'SETTINGS' | 'UNDOING';

/** The same of many contacts. */
export function recordOfEach(use: UseCase, changes: readonly (Change & { readonly contactId: string })[], by: ChangedBy = 'ACTS'): void {
  const own = { actor_id: use.seat.id, at: use.now, of_settings: by !== 'ACTS' };
  const changed = changes.filter(({ old, new: now }) => JSON.stringify(old) !== JSON.stringify(now));
  use
    .on(contactHistory)
    .add(changed.map(({ contactId, field, old, new: now }) => ({ ...own, contact_id: contactId, id: use.newId(), field, old, new: now })));
}

/** What was done to contacts at some moment, and has been taken back, is nobody's edit of them any more. */
export async function forgiveChanges(use: UseCase, done: readonly { readonly contactId: string; readonly at: Date }[]): Promise<void> {
  for (const of of Map.groupBy(done, ({ at }) => at.getTime()).values()) {
    const ids = of.map(({ contactId }) => contactId);
    await use
      .on(contactHistory)
      .updateTable('contact_history')
      .set({ of_settings: true })
      .where('at', '=', of[0]!.at)
      .where((row) => row('contact_id', '=', row.fn.any(row.val(ids))))
      .execute();
  }
}
