import { isServer, type NewRow, shared, type TimelineEntry, type TimelineService, timelineKinds, type UseCase } from '../../sdk/index.ts';
import { contacts } from '../contacts/index.ts';
import { interactions } from './interaction.entity.ts';
import { timelineTopic } from './interaction-live.graphql.ts';

/** One entry of a timeline. Ids are UUIDs. */
export interface NewInteraction {
  readonly contactId: string;
  /** `SHARE`, `OWNER`, `TAG`, `WINDOW`, `FORM`, or a plugin's own with its prefix. */
  readonly kind: string;
  readonly formId?: string;
  readonly employeeId?: string | null;
  readonly otherEmployeeId?: string | null;
  readonly departmentId?: string | null;
  readonly tagId?: string;
  readonly added?: boolean;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** On how many timelines one act is told live: as many as a request names (api 1). */
const MOST_TOLD = 100;
/** Entries are written together, at the end: one act may be noted on thousands of timelines, and is then told live on none. */
const notes = shared<NewRow<typeof interactions>>('interactions.notes', async (use, rows) => {
  use.on(interactions).add(rows);
  if (new Set(rows.map(({ contact_id }) => contact_id)).size > MOST_TOLD) return;
  for (const { contact_id: subjectId, id: entryId } of rows)
    use.emit({ stream: use.organizationId, topic: timelineTopic, kind: 'ADDED', subjectId, facts: { entryId } });
});

/** Writes an entry in the transaction of what happened, without waiting; its author is the seat, where that is an employee. @returns its id. */
export function noteInteraction(use: UseCase, entry: NewInteraction): string {
  const id = use.newId();
  use.last(notes, {
    id,
    contact_id: entry.contactId,
    kind: entry.kind,
    actor_id: use.seat.kind === 'EMPLOYEE' && !isServer(use.seat) ? use.seat.id : null,
    at: use.now,
    form_id: entry.formId ?? null,
    employee_id: entry.employeeId ?? null,
    other_employee_id: entry.otherEmployeeId ?? null,
    department_id: entry.departmentId ?? null,
    tag_id: entry.tagId ?? null,
    added: entry.added ?? null,
    detail: entry.detail ?? {},
  });
  return id;
}

/** Writes an entry of business with the contact: the contact's last interaction is now (spec 3.6). Lock it before. @returns its id. */
export function recordInteraction(use: UseCase, entry: NewInteraction): string {
  use.on(contacts).change({ id: entry.contactId }, { last_interaction_at: use.now });
  return noteInteraction(use, entry);
}

const known = (use: UseCase, entry: TimelineEntry): TimelineEntry => {
  if (use.registered(timelineKinds).some(({ kind }) => kind === entry.kind)) return entry;
  throw new Error(`No module registers interactions of the kind ${entry.kind}.`);
};
/** What other modules write on timelines: entries of kinds that are registered. */
export const timeline: TimelineService = {
  note: (use, entry) => noteInteraction(use, known(use, entry)),
  record: (use, entry) => recordInteraction(use, known(use, entry)),
};

/** Entries of shares with a department that is removed stay, and name it no more: the history of the contact says what it was called. */
export const forgetDepartment = (use: UseCase, departmentId: string): Promise<unknown> =>
  use.on(interactions).updateTable('interactions').set({ department_id: null }).where('department_id', '=', departmentId).execute();
