import type { Role } from '../../platform/permissions/rule.ts';
import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';
import { ADMIN, OWNER, OWNERS_SUPERVISOR, SHAREE } from '../roles.ts';

/** Roles by which timelines are read: for rules of fields of a kind of entry, with the right CONTACTS. */
export const TIMELINE_READERS: readonly Role[] = [ADMIN, OWNER, OWNERS_SUPERVISOR, SHAREE];

/**
 * A kind of entry on contacts' timelines (spec 4.1). Beside it the module declares a type of the kind's own, which implements `Interaction`.
 *
 * @example
 * const timeline = rule('lending.timeline', { roles: TIMELINE_READERS, right: 'CONTACTS', description: 'Who reads the contact’s timeline.' });
 * registrations: [register(timelineKinds, { kind: 'LENDING_LOAN', description: 'A tool was lent.' })]
 *
 * export const LendingInteraction = entityRef('LendingInteraction', refs.Interaction);
 * builder.entityKind(LendingInteraction, types.Interaction, {
 *   value: 'LENDING_LOAN',
 *   description: 'A tool was lent.',
 *   fields: (t) => ({ form: t.relation(types.BusinessForm, 'form_id', { description: 'The loan.', rule: lending.timeline }) }),
 * });
 */
export interface TimelineKind {
  /** In capitals; a plugin's with its prefix. It is a value of the enum `InteractionKind`. */
  readonly kind: string;
  readonly description: string;
}
/** Kinds of entries on timelines. One module alone can register a word. */
export const timelineKinds = registrationPoint<TimelineKind>('interactions.kinds');

/** One entry of a kind of the module's own. Ids are UUIDs. */
export interface TimelineEntry {
  readonly contactId: string;
  /** A registered one. */
  readonly kind: string;
  /** The form that it is about: `form_id` of `refs.Interaction`. */
  readonly formId?: string;
  /** An employee whom it concerns, beside its author: `employee_id` of `refs.Interaction`. */
  readonly employeeId?: string;
}
/** Timelines of contacts, as other modules write on them: `use.service(timelineService)`; `interactions` stands in the `needs`. */
export interface TimelineService {
  /**
   * Writes an entry in the use case's transaction, without waiting: what those inside do with the contact. Its author is the seat, where that
   * is an employee. @returns its UUID, by which a table of the module's own may keep more of it (`joinedBy`).
   * @throws Error for a kind that nobody has registered
   */
  note(use: UseCase, entry: TimelineEntry): string;
  /**
   * The same of business with the contact: `lastInteractionAt` is now (spec 3.6). It changes the contact's row, so the use case has locked it
   * before what is the module's own, as `enterWindow` does.
   */
  record(use: UseCase, entry: TimelineEntry): string;
}
/** Lets modules write on timelines of contacts. */
export const timelineService = service<TimelineService>('interactions.timeline');
