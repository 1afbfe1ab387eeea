// The public contract of a module: everything that a plugin may import.

export { type KnownQuery, knownQuery } from '../platform/database/known-query.ts';
export { readMigrations } from '../platform/database/migration-files.ts';
export type { Migration } from '../platform/database/migrations.ts';
export { OvertakenError } from '../platform/database/overtaken.error.ts';
export type { ColumnName, RowOf, Table } from '../platform/database/table.ts';
export { inSavepoint, type Transaction } from '../platform/database/transaction.ts';
export { type Changes, type KeyOf, type NewRow, RAISED } from '../platform/database/write.ts';
export { type DeclaredEntity, type TenantEntity, tenantEntity } from '../platform/entities/entity.ts';
export type { Issue } from '../platform/input/input-faults.ts';
export type { JobFault, JobOutcome, JobState } from '../platform/jobs/job.entity.ts';
export { itemFault } from '../platform/jobs/job-fault.ts';
export { type AnyJobKind, type Clock, defineJob, JobFailure, type JobKind, type JobWork, type Kept } from '../platform/jobs/job-kind.ts';
export type { Language, Message, Text } from '../platform/language/language.ts';
export { type CursorSealer, cursorSealer, type LiveCursorOptions, liveCursor } from '../platform/live/live-place.ts';
export { PUBLIC, publicRule, type Role, type Rule, rule } from '../platform/permissions/rule.ts';
export { isServer, type RightScope, type Seat } from '../platform/permissions/seat.ts';
export type { ConditionInputs, Filter, Order } from '../platform/read/entity.ts';
export { type EntityRole, heldByAll, heldToward, type Way, way, wayAmong } from '../platform/read/entity-role.ts';
export { inheritedWay } from '../platform/read/inherited-way.ts';
export { badRequest, forbidden, isForbidden, rateLimited, windowIsSuspended } from '../platform/read/refusal.ts';
export { EntityRef, entityRef, type WordOf, WordsRef, words } from '../platform/schema/entity-ref.ts';
export { encodeGlobalId } from '../platform/schema/global-id.ts';
export type { MutationDefinition, Outcome } from '../platform/schema/mutation.ts';
export {
  invalid,
  invalidTransition,
  notFound,
  Refusal,
  type RefusalType,
  type RefusedItem,
  refusalPayload,
  refusalType,
  refusedItemPayload,
  validationFailed,
  versionConflict,
} from '../platform/schema/refusal-type.ts';
export { type LiveEvent, type SubscriptionDefinition, type Topic, topic } from '../platform/schema/subscription.ts';
export { exists, isAmong, sql, valueFrom } from '../platform/sql/author-sql.ts';
export type { LinkedTerms, Search } from '../platform/sql/search.ts';
export { allOf, anyOf, type RowHandle, type SeatSql, type Sql } from '../platform/sql/sql.ts';
export { type Announcement, announcement, listen } from '../platform/write/announcement.ts';
export { requireRight } from '../platform/write/asked.ts';
export type { EmittedEvent } from '../platform/write/emitted-event.ts';
export type { Listed, ListedKeys } from '../platform/write/listings.ts';
export { provide, register, registrationPoint, type Service, type Switchboard, service } from '../platform/write/service.ts';
export { shared } from '../platform/write/shared-work.ts';
export { type Each, toEach } from '../platform/write/to-each.ts';
export { tryOut } from '../platform/write/try-out.ts';
export { type SharedWork, UseCase } from '../platform/write/use-case.ts';
export type { Caller } from '../platform/write/use-case-request.ts';
export type { EntityFields, FieldContext, GuichetBuilder, GuichetTypes, InputMaker, PayloadFields } from './builder.ts';

export * from './contracts/accounts.ts';
export * from './contracts/audit.ts';
export * from './contracts/contact-cards.ts';
export * from './contracts/contacts.ts';
export * from './contracts/directory.ts';
export * from './contracts/fields.ts';
export * from './contracts/files.ts';
export * from './contracts/form-kinds.ts';
export * from './contracts/forms.ts';
export * from './contracts/jobs.ts';
export * from './contracts/leaving.ts';
export * from './contracts/log.ts';
export * from './contracts/notifications.ts';
export * from './contracts/organization.ts';
export * from './contracts/phone-proofs.ts';
export * from './contracts/reading.ts';
export * from './contracts/routes.ts';
export * from './contracts/service-window.ts';
export * from './contracts/signatures.ts';
export * from './contracts/staff-source.ts';
export * from './contracts/timeline.ts';
export * from './contracts/working-time.ts';
export * as input from './input.ts';
export { type Backfill, type DemoPeople, defineModule, type FindSeatFacts, type ModuleDefinition, type SeatFacts } from './module.ts';
export * from './money.ts';
export {
  defineMoves,
  holdMove,
  leadsTo,
  type Move,
  type MoveAt,
  type MoveOfItself,
  type Moves,
  moveFields,
  openIn,
  stateWords,
} from './moves.ts';
export { freeNumber, monthly, randomNumber } from './numbers.ts';
export { refs, types } from './refs.ts';
export * from './roles.ts';
