import { randomUUID } from 'node:crypto';
import { FILE_KINDS, type FileKind } from '../../sdk/core.ts';
import { tenantEntity } from '../../sdk/index.ts';

/** Files and uploads: a row is there before its bytes are, and it hangs on one object at the most. */
export const File = tenantEntity(
  'files',
  (t) => ({
    name: t.text(),
    /** Bytes: as they were announced, then as they are stored. */
    size: t.bigint(),
    mimeType: t.text(),
    kind: t.oneOf(...(Object.keys(FILE_KINDS) as FileKind[])),
    purpose: t.text(),
    state: t.oneOf('PENDING', 'STORED'),
    sha256: t.text().nullable(),
    /** Of the bytes as they came: a picture is stored without what its camera knew. */
    sentSha256: t.text().nullable(),
    storageKey: t.text().nullable(),
    thumbnailKey: t.text().nullable(),
    uploaderId: t.uuid(),
    uploaderKind: t.oneOf('EMPLOYEE', 'CONTACT'),
    createdAt: t.timestamptz(),
    storedAt: t.timestamptz().nullable(),
    /** Admin right under which the server made it; null for what somebody has sent. */
    underRight: t.text().nullable(),
    /** Departments that the right was limited to then; null for the whole organization. */
    underScope: t.json<readonly string[]>().nullable(),
    /** How long it waits for something to hang on, where that is longer than a day. */
    keptUntil: t.timestamptz().nullable(),
    /** Type and UUID of what it hangs on. */
    attachedType: t.text().nullable(),
    attachedId: t.uuid().nullable(),
    attachedAt: t.timestamptz().nullable(),
  }),
  {
    servesWorker: true,
    checks: {
      files_bytes: `(storage_key is null) = (state = 'PENDING') and (storage_key is null) = (sha256 is null) and (storage_key is null) = (sent_sha256 is null) and (storage_key is null) = (stored_at is null)`,
      files_attached: `(attached_id is null) = (attached_at is null) and (attached_id is null) = (attached_type is null) and (attached_at is null or state = 'STORED')`,
    },
    indexes: {
      files_loose: { columns: ['createdAt'], where: 'attached_at is null' },
      files_loose_of_seat: { columns: ['uploaderId'], where: 'attached_at is null' },
      files_of_object: { columns: ['attachedId', '-id'], where: 'attached_id is not null' },
      files_key: { columns: ['storageKey'], unique: true, where: 'storage_key is not null' },
      files_thumbnail: { columns: ['thumbnailKey'], unique: true, where: 'thumbnail_key is not null' },
    },
  },
);

export const files = File.table;

/**
 * Of no moment, as other ids are: whoever is shown a file later would read from it when those inside sent it (spec 6.3). No list goes by the order
 * of files.
 */
export const newFileId = (): string => randomUUID();
