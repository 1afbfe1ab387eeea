import { createHash } from 'node:crypto';
import { NO_ID } from '../database/uuid.ts';

const TAG_BYTES = 2;
const UUID_BYTES = 16;
export const ID_CHARACTERS = 24;
const SHAPE = new RegExp(`^[A-Za-z0-9_-]{${ID_CHARACTERS}}$`);

/** Of names in the code alone. */
const tags = new Map<string, Buffer>();
/** Two bytes that stand for a type in global ids; the registry of entities refuses two types with the same. */
export function typeTag(type: string): Buffer {
  let tag = tags.get(type);
  if (!tag) {
    tag = createHash('sha256').update(`type:${type}`).digest().subarray(0, TAG_BYTES);
    tags.set(type, tag);
  }
  return tag;
}

/** An opaque id of 24 characters. */
export const encodeGlobalId = (type: string, uuid: string): string =>
  Buffer.concat([typeTag(type), Buffer.from(uuid.replaceAll('-', ''), 'hex')]).toString('base64url');

/** The UUID of an object of `type`; for anything else an id that was never issued, so that both are answered alike (spec 2.5). */
export function decodeGlobalId(type: string, id: unknown): string {
  const bytes = bytesOf(id);
  return bytes?.subarray(0, TAG_BYTES).equals(typeTag(type)) ? uuidOf(bytes) : NO_ID;
}

/** The UUID of an object of any type. */
export const decodeAnyId = (id: unknown): string => readGlobalId(id)?.uuid ?? NO_ID;

/** Tag (as hex) and UUID of a global id of any type. */
export function readGlobalId(id: unknown): { tag: string; uuid: string } | undefined {
  const bytes = bytesOf(id);
  return bytes && { tag: bytes.subarray(0, TAG_BYTES).toString('hex'), uuid: uuidOf(bytes) };
}

function bytesOf(id: unknown): Buffer | undefined {
  if (typeof id !== 'string' || !SHAPE.test(id)) return undefined;
  return Buffer.from(id, 'base64url');
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.subarray(TAG_BYTES, TAG_BYTES + UUID_BYTES).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
