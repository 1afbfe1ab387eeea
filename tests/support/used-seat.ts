import type { TestServer } from '../../src/testing/test-server.ts';

/** Somebody has signed in by a code with this phone, to all its seats: `server.seat` opens sessions without. */
export const used = ({ runtime }: TestServer, phone: string): Promise<unknown> =>
  runtime.pools.identity.query('update identity.seats set last_used_at = now() where phone = $1', [phone]);
