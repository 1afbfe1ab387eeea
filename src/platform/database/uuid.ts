import { randomBytes } from 'node:crypto';

/** Never issued: ids that do not decode are read as this one, so that they are answered like any unknown id (api 1). */
export const NO_ID = '00000000-0000-0000-0000-000000000000';
const SHAPE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const isUuid = (value: string): boolean => SHAPE.test(value);

/** Where the counting within a millisecond begins, anywhere below this; and how far it goes on each time, up to this. */
const FIRST = 0x800;
const STEP = 4;

/**
 * Makes UUIDs of now that grow, whatever the clock does. Within a millisecond they count from anywhere and in steps of any length: whoever sees
 * one does not learn how many were made before it, such as of what those inside are told (spec 6.3).
 * @param clock milliseconds since 1970
 */
export function growingUuids(clock: () => number): () => string {
  let lastMoment = 0;
  let sequence = 0;
  return () => {
    const now = Math.max(clock(), lastMoment);
    const next = sequence + 1 + drawnBelow(STEP);
    const goesOn = now === lastMoment && next <= 0xfff;
    lastMoment = now === lastMoment && !goesOn ? now + 1 : now;
    sequence = goesOn ? next : drawnBelow(FIRST);
    return format(lastMoment, sequence);
  };
}

/**
 * A UUIDv7 of now: 48 bits of milliseconds, then 12 that grow within one, so ids made by one process grow. Lists "newest first" are
 * ordered by it, which makes every key an index in time order.
 */
export const uuidv7 = growingUuids(Date.now);

/** A UUIDv7 of another moment, for data that is older than its row. @param milliseconds since 1970 @param counter orders those of one moment */
export const uuidv7At = (milliseconds: number, counter = randomBytes(2).readUInt16BE()): string =>
  format(Math.floor(milliseconds), counter & 0xfff);

const LAST_MOMENT = 2 ** 48 - 1;
/** No UUIDv7 of a moment, or of a later one, comes before it. @param milliseconds since 1970 */
export const leastUuidAt = (milliseconds: number): string => {
  const time = Math.min(Math.max(milliseconds, 0), LAST_MOMENT).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
};

function format(milliseconds: number, counter: number): string {
  const time = milliseconds.toString(16).padStart(12, '0');
  const tail = randomTail();
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}

const TAIL_BYTES = 8;
let drawn = Buffer.alloc(0);
let used = 0;

/** Random bytes are drawn for many ids at once: a call for each would cost more than the rest of it. */
function draw(bytes: number): void {
  if (used + bytes <= drawn.length) return;
  drawn = randomBytes(512 * TAIL_BYTES);
  used = 0;
}
/** @param bound a power of two, at most 65,536 */
function drawnBelow(bound: number): number {
  draw(2);
  const chance = drawn.readUInt16BE(used) % bound;
  used += 2;
  return chance;
}

function randomTail(): string {
  draw(TAIL_BYTES);
  drawn[used] = (drawn[used]! & 0x3f) | 0x80;
  const tail = drawn.toString('hex', used, used + TAIL_BYTES);
  used += TAIL_BYTES;
  return tail;
}
