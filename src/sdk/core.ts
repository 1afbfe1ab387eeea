/**
 * What the core's own modules take beside the SDK: plugins are refused it, for no package exports it. Whoever holds these reads and writes past
 * what a plugin is given: identities, files' bytes, jobs' rows, the plain transaction.
 */
export { errorCode } from '../platform/database/database.errors.ts';
export { organizationsIn } from '../platform/database/organizations-in.ts';
export { isStorable } from '../platform/database/storable.ts';
export { within } from '../platform/database/time-limit.ts';
export { inPlainTransaction, type TransactionClient } from '../platform/database/transaction.ts';
export { NO_ID, uuidv7, uuidv7At } from '../platform/database/uuid.ts';
export { isReferredTo, violates } from '../platform/database/violation.ts';
export {
  builtInKinds,
  decimalOfNumber,
  type FieldDefinition,
  FieldKinds,
  type FieldOption,
  type FilledCell,
  type GivenValue,
  missingIn,
  type Reference,
  type Shown,
  type ShownValue,
  type StoredLines,
  type StoredValue,
  type StoredValues,
  type TakenValues,
  textTerm,
} from '../platform/fields/index.ts';
export { rangeOf } from '../platform/files/byte-range.ts';
export { ReceivingError } from '../platform/files/each-chunk.ts';
export {
  brokenLineOf,
  FILE_KINDS,
  type FileKind,
  isAsTold,
  isPicture,
  isText,
  kindOfContent,
  kindOfType,
} from '../platform/files/file-kind.ts';
export { asAttachment, type FileNameFault, NAME_CHARACTERS, takeFileName } from '../platform/files/file-name.ts';
export type { FileStore } from '../platform/files/file-store.ts';
export { TellingPdfError, type Trace, writeWithoutAuthors } from '../platform/files/pdf.ts';
export { UnreadablePictureError, writeClean } from '../platform/files/picture.ts';
export { freshPath, hashOfStream, measured, type Received, receive } from '../platform/files/receiving.ts';
export { type ResumableFiles, TUS_METHODS, TUS_TAKES, TUS_TELLS, TusRefusal } from '../platform/files/resumable.ts';
export type { ByteRange } from '../platform/files/storage.ts';
export { ownFault } from '../platform/input/checked.ts';
export { FIELD_INPUTS, fieldValue } from '../platform/input/field-value.input.ts';
export { anyId, type InputFields, parseFields } from '../platform/input/input.ts';
export { isDay } from '../platform/input/scalars.ts';
export { Job, jobs, jobTopic } from '../platform/jobs/job.entity.ts';
export { endJob, heldJob } from '../platform/jobs/job-row.ts';
export { tellJob } from '../platform/jobs/job-start.ts';
export { textIn } from '../platform/language/language.ts';
export { dateIn, momentIn } from '../platform/language/moment-in.ts';
export { ConstantError } from '../platform/log/constant.error.ts';
export { findForm, plainForm } from '../platform/names/find-form.ts';
export { nameKey } from '../platform/names/name-key.ts';
export { endsOf, spokenTerms, storedTerms } from '../platform/names/search-terms.ts';
export { rightUnder, stillHeld } from '../platform/permissions/held-right.ts';
export { RightsVersion } from '../platform/permissions/rights-version.entity.ts';
export { mayEverHold } from '../platform/permissions/seat.ts';
export { dialledDigits, type Phone, phoneDigits, readPhone } from '../platform/phone/phone.ts';
export { readField } from '../platform/read/reader.ts';
export { unauthenticated } from '../platform/read/refusal.ts';
export { readByStatement } from '../platform/schema/field-writing.ts';
export { decodeGlobalId } from '../platform/schema/global-id.ts';
export type { DeclaredMutation } from '../platform/schema/mutation.ts';
export { loadedField } from '../platform/schema/payload-field-builder.ts';
export { placeOf } from '../platform/schema/place.ts';
export { messageOf } from '../platform/schema/refusal-type.ts';
export { oneOnEach } from '../platform/schema/surface-variants.ts';
export { wordsOf } from '../platform/schema/told-error.ts';
export { checkOrigin, type HttpExchange, type HttpRoute, readBody } from '../platform/server/index.ts';
export {
  defineSheet,
  headerForm,
  type PlacedRecord,
  type ReadRow,
  type RejectedRow,
  readSheet,
  type Sheet,
  type SheetCell,
  type SheetChoice,
  type SheetColumn,
  type SheetColumns,
  type SheetFault,
  type SheetFormat,
  SheetRefused,
  sheetFault,
  sheetTemplate,
  type UnknownColumn,
  WRITTEN_BESIDE,
  writeRejected,
  writeSheet,
  writeSheets,
} from '../platform/sheets/index.ts';
export { quoted, Sql, sql } from '../platform/sql/sql.ts';
export { Html, html } from '../platform/text/html.ts';
export { asOneName, asSeen, lowered, takeName } from '../platform/text/name-taken.ts';
export type { RecordAct } from '../platform/write/act.ts';
export { canonical } from '../platform/write/canonical-json.ts';
export { serverSecret } from '../platform/write/server-secret.ts';
export { type Listener, transactionOf } from '../platform/write/use-case.ts';
