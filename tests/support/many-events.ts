import { uuidv7 } from '../../src/platform/database/uuid.ts';
import type { RawDatabase } from './raw-database.ts';

export interface ManyEvents {
  readonly organizationId: string;
  /** The organization's id, or a contact's. */
  readonly stream: string;
  /** UUID of a form. */
  readonly formId: string;
}

/** Whoever follows is told when an event was, whatever else it may read of it: so they count by that, a millisecond each. */
const FROM = Date.now();
/** Which event of all that were written this is: 1, 2 and so on. @param at as a follower is told it */
export const placeAt = (at: string): number => Date.parse(at) - FROM;

/** Events of a form that `placeAt` tells apart, to be numbered by whoever does so. @param written how many there are already */
export async function writeEvents(
  database: RawDatabase,
  { organizationId, stream, formId }: ManyEvents,
  written: number,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await database.rows(
    `insert into events (organization_id, id, stream, topic, kind, subject_id, facts, at)
     select $1, id, $2, 'FORM', 'MOVED', $3, '{"customerState": "IN_PROGRESS"}', $4::timestamptz + place * interval '1 millisecond'
     from unnest($5::uuid[]) with ordinality given (id, place)`,
    [organizationId, stream, formId, new Date(FROM + written), ids],
  );
}
