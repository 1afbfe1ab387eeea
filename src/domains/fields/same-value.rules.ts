import { isDeepStrictEqual } from 'node:util';
import type { StoredValue } from '../../sdk/core.ts';

/** As a row keeps it. */
const kept = (value: StoredValue | undefined): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** Whether a value is as it was. PostgreSQL keeps the members of an object in an order of its own; what a list holds, such as files, has the order in which it was given. */
export const isSameValue = (one: StoredValue | undefined, other: StoredValue | undefined): boolean =>
  isDeepStrictEqual(kept(one), kept(other));
