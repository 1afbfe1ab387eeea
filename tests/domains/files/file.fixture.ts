import { type Link, sealLink } from '../../../src/domains/files/link.token.ts';
import { decodeAnyId } from '../../../src/platform/schema/global-id.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';

export const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on UserError { code path } ... on ValidationFailed { issues { path code } } ... on FileTooLarge { most } ... on FileKindNotAllowed { mimeTypes }
  ... on CreateUploadSuccess { upload { id url method headers { name value } expiresAt } } } }`;
export const ADD_PHOTO = `mutation ($input: AddAlbumPhotoInput!) { addAlbumPhoto(input: $input) { __typename ... on UserError { code path }
  ... on AddAlbumPhotoSuccess { photo { id file { id name size mimeType url thumbnailUrl createdAt } } } } }`;
export const PHOTOS = `query ($id: ID!) { node(id: $id) { ... on Contact { albumPhotos { nodes { id file { id name size mimeType url thumbnailUrl } } } } } }`;
export const NODE = 'query ($id: ID!) { node(id: $id) { __typename ... on File { id name size mimeType url thumbnailUrl } } }';

export interface Upload {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: string;
}
export interface Announced {
  readonly name?: string;
  readonly size?: number;
  readonly mimeType?: string;
  readonly purpose?: string;
  readonly idempotencyKey?: string;
}
export const NOTE = Buffer.from('A note beside the photo.\nSecond line.\n');

/** Announces a file, as a seat. */
export async function announced(seat: TestSeat, bytes: Buffer, given: Announced = {}): Promise<Upload> {
  const input = { name: 'note.txt', size: bytes.length, mimeType: 'text/plain', purpose: 'ALBUM_PHOTO', ...given };
  return (await seat.does(CREATE, { input })).upload;
}
/** Sends bytes to an address. */
export const sent = ({ url, method, headers }: Upload, bytes: Buffer | ReadableStream): Promise<Response> =>
  fetch(url, {
    method,
    headers: headers.map(({ name, value }) => [name, value] as [string, string]),
    body: bytes as never,
    ...(bytes instanceof Buffer ? {} : { duplex: 'half' }),
  } as RequestInit);
/** Announces and sends. @returns the upload's id */
export async function uploaded(seat: TestSeat, bytes: Buffer, given: Announced = {}): Promise<string> {
  const upload = await announced(seat, bytes, given);
  const response = await sent(upload, bytes);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return upload.id;
}
/** Code of a refusal over HTTP. */
export const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code;

/** An address as the server would make it out for a seat, whether or not it would: what is asked when it is used is the question. */
export async function forgedLink(server: TestServer, seat: TestSeat, fileId: string, given: Partial<Link> = {}): Promise<string> {
  const { sessions, viewer } = await seat.query('{ sessions { id current } viewer { id } }');
  const session = sessions.find(({ current }: { current: boolean }) => current);
  const link = {
    act: 'READ' as const,
    fileId: decodeAnyId(fileId),
    seatId: decodeAnyId(viewer.id),
    sessionId: decodeAnyId(session.id),
    until: new Date(server.runtime.now().getTime() + 60_000),
    ...given,
  };
  return `${server.url}/files/${sealLink(server.runtime.door.secret, link)}`;
}
/** Hangs an upload on a contact. @returns the file's id */
export async function hung(seat: TestSeat, contactId: string, uploadId: string): Promise<string> {
  const { photo } = await seat.does(ADD_PHOTO, { input: { contactId, uploadId } });
  return photo.file.id;
}
