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

/** The same of many contacts. @param by what has changed them: acts on contacts, or settings that concern them */
export function recordOfEach(
  use: UseCase,
  changes: readonly (Change & { readonly contactId: string })[],
  by: 'ACTS' | 'SETTINGS' = 'ACTS',
): void {
  const own = { actor_id: use.seat.id, at: use.now, of_settings: by === 'SETTINGS' };
  const changed = changes.filter(({ old, new: now }) => JSON.stringify(old) !== JSON.stringify(now));
  use
    .on(contactHistory)
    .add(changed.map(({ contactId, field, old, new: now }) => ({ ...own, contact_id: contactId, id: use.newId(), field, old, new: now })));
}
