import { createHmac } from 'node:crypto';
import { canonical } from '../../platform/use-case/canonical-json.ts';

/**
 * What stands in the record for a value: it can be compared by whoever has the value, and guessed at by nobody without the server's secret.
 * The entry and the path are its salt, so that equal values do not look equal.
 */
export const hashOfValue = (secret: Buffer, entryId: string, path: string, value: unknown): string =>
  createHmac('sha256', secret)
    .update(`audit\n${entryId}\n${path}\n${canonical(value)}`)
    .digest('base64url');
