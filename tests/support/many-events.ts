import { uuidv7 } from '../../src/platform/database/uuid.ts';
import type { RawDatabase } from './raw-database.ts';

export interface ManyEvents {
  readonly organizationId: string;
  /** The organization's id, or a contact's. */
  readonly stream: string;
  /** UUID of a form. */
  readonly formId: string;
}

/** Events of a form whose kinds count: `N1`, `N2` and so on, to be numbered by whoever does so. @param written how many there are already */
export async function writeEvents(
  database: RawDatabase,
  { organizationId, stream, formId }: ManyEvents,
  written: number,
  count: number,
): Promise<void> {
  const ids = Array.from({ length: count }, () => uuidv7());
  await database.rows(
    `insert into events (organization_id, id, stream, topic, kind, subject_id, facts, at)
     select $1, id, $2, 'FORM', 'N' || $4::int + place, $3, '{"customerState": "IN_PROGRESS"}', now()
     from unnest($5::uuid[]) with ordinality given (id, place)`,
    [organizationId, stream, formId, written, ids],
  );
}
