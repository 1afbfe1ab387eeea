import type { Readable } from 'node:stream';
import type { FileKind } from '../../platform/files/file-kind.ts';
import type { ByteRange } from '../../platform/files/storage.ts';
import type { Role, Rule } from '../../platform/permissions/rule.ts';
import type { Seat } from '../../platform/permissions/seat.ts';
import { registrationPoint, service } from '../../platform/write/service.ts';
import type { UseCase } from '../../platform/write/use-case.ts';

export type { ByteRange, FileKind };

/**
 * What files are for: `registrations: [register(filePurposes, purpose)]`. Each that people send is a value of the enum `FilePurpose`; a plugin's
 * begins with its prefix. Contacts are told of those that `mayUpload` admits contacts to.
 */
export interface FilePurpose {
  /** The word of the enum, in capitals. */
  readonly purpose: string;
  readonly description: string;
  /**
   * Which seats may send one: decided by the seat alone, before there is anything that it could hang on. Without it nobody sends one: the server
   * alone writes them (`madeFor`).
   */
  readonly mayUpload?: Rule;
  /** Bytes at the most. */
  readonly most: number;
  /** Kinds that are taken, told by what is in the file. */
  readonly kinds: readonly FileKind[];
  /**
   * Whether a PDF is kept without its properties (author, programs, dates, title), as what people outside are to read. One that tells more than
   * that of its making, such as comments or an earlier version, is refused with what it tells. Its hash is that of what is kept.
   */
  readonly withoutAuthors?: boolean;
  /**
   * What it hangs on, and who reads it there: asked anew whenever bytes are asked for. Without it nobody reads the bytes once they hang on
   * something, as of a table that was taken in.
   */
  readonly readBy?: {
    readonly type: string;
    readonly rule: Rule;
    /**
     * Whether the object shows the file to the seat now, of objects that keep more files than they show; by default each of them.
     * @param file UUIDs of the file and of what it hangs on, which the rule has admitted the seat to
     */
    shows?(use: UseCase, file: { readonly id: string; readonly objectId: string }): Promise<boolean>;
  };
  /**
   * For whom the server itself writes such files (`keep`): decided by the seat alone, asked when one is made and again whenever it is read
   * while it hangs on nothing. The admin right that it names must still be held, for all that it was held for then.
   */
  readonly madeFor?: Rule;
}
/** A purpose of files that the server writes: without a rule none is written. */
export type MadePurpose = FilePurpose & { readonly madeFor: Rule };
/** A purpose of files that people send. */
export type SentPurpose = FilePurpose & { readonly mayUpload: Rule };
/** Purposes of files. */
export const filePurposes = registrationPoint<FilePurpose>('files.purposes');

/**
 * Whoever may read what a file hangs on, where it is read there: fields that lead to a file name it in `proves`.
 *
 * @example
 * photo: t.one(types.File, {
 *   on: (tool, file) => sql`${file.id} = ${tool.photo_id}`,
 *   proves: [FILE_READER],
 *   description: 'Its picture.',
 *   rule: lending.read,
 * })
 */
export const FILE_READER: Role = {
  name: 'FILE_READER',
  bearer: 'EMPLOYEE',
  description: 'Whoever may read what the file hangs on, where it is read there.',
};

/** A file, as modules know it. */
export interface KnownFile {
  /** UUID */
  readonly fileId: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly kind: FileKind;
  readonly mimeType: string;
  /** Lower case hexadecimal. */
  readonly sha256: string;
}
/** What is to hang on something. */
export interface Attaching {
  /** UUID of the upload. */
  readonly uploadId: string;
  /** What it was sent for. */
  readonly purpose: string;
  /** What it hangs on from now on. The row need not be there yet. */
  readonly to: { readonly type: string; readonly id: string };
  /**
   * What it is called from now on, without its ending: of what people outside read. The name under which it was sent, which may say who has
   * written it and for whom, is not kept then.
   */
  readonly as?: string;
  /** Of the input field that names the upload: NotFound blames it. */
  readonly path?: readonly string[];
}
/** A file that the server itself makes. */
export interface NewFile {
  readonly organizationId: string;
  readonly name: string;
  readonly kind: FileKind;
  /** A registered one. */
  readonly purpose: MadePurpose;
  /** On whose behalf it is made, with its rights of the moment: until the file hangs on something it is this seat's, under `madeFor`. */
  readonly seat: Seat;
  readonly bytes: Readable;
  /** Bytes at the most. */
  readonly most: number;
}
/** Uploads that are to wait for longer than a day. */
export interface Retaining {
  readonly uploadIds: readonly string[];
  readonly purpose: string;
  readonly until: Date;
}

/** Files, as other modules use them: `use.service(filesService)`. */
export interface FilesService {
  /**
   * Hangs what a seat has sent on an object, in the use case's transaction and once for all.
   * @throws NotFound unless this seat has sent it for this purpose, its bytes are there, and it hangs on nothing yet.
   */
  attach(use: UseCase, attaching: Attaching): Promise<KnownFile>;
  /**
   * Keeps what a seat has sent, and what hangs on nothing yet, for longer than the day after which it would be deleted: what a draft names.
   * @returns ids of those that are kept: the others were not sent by this seat for this purpose, have not come, or hang on something.
   */
  retain(use: UseCase, retaining: Retaining): Promise<ReadonlySet<string>>;
  /** Lets files go that hang on an object: rows now, their bytes by the housekeeping of the next day. Those that hang on something else stay. */
  detach(use: UseCase, from: { readonly type: string; readonly id: string }, fileIds: readonly string[]): Promise<void>;
  /** The same of everything that hangs on some objects of a type. */
  detachAll(use: UseCase, type: string, ids: readonly string[]): Promise<void>;
  /** A file of an organization by its id; undefined where there is none, or its bytes have not come. */
  find(organizationId: string, fileId: string): Promise<KnownFile | undefined>;
  /** Reads its bytes, for work of the server's own outside of use cases, such as a job. Whoever calls it has asked who may know them. @throws where there are none */
  read(organizationId: string, fileId: string, range?: ByteRange): Promise<Readable>;
  /** The same within a use case, on its own transaction: whoever holds a connection does not wait for a second one. @throws where there are none */
  readWithin(use: UseCase, fileId: string): Promise<Readable>;
  /**
   * Keeps what the server itself has made, such as a table that was asked for; `attach` then hangs it on something, from the same seat.
   * @throws FORBIDDEN where `madeFor` does not admit the seat; Error past `most`, and for a purpose that no loaded module has registered.
   */
  keep(file: NewFile): Promise<KnownFile>;
}
/** `use.service(filesService)`. */
export const filesService = service<FilesService>('files');
