import { UNREADABLE } from '@guichet/forms';
import { isStorable } from '../database/storable.ts';
import { badRequest } from '../read/refusal.ts';

/** @throws BAD_REQUEST for text that PostgreSQL cannot hold. */
export function storable<Value>(value: Value): Value {
  for (const one of Array.isArray(value) ? value : [value]) if (typeof one === 'string' && !isStorable(one)) throw badRequest(UNREADABLE);
  return value;
}
