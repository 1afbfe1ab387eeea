import type { TestSeat } from '../../src/testing/test-seat.ts';
import type { TestServer } from '../../src/testing/test-server.ts';
import type { WatchedPool } from '../support/watched-pool.ts';

// What no client library sends: texts as they are.

interface Told {
  readonly message: string;
  readonly extensions: { readonly code: string };
}
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Codes of its errors. */
  readonly codes: readonly string[];
}

/** Posts a text to /graphql, whatever it is. */
export async function post(url: string, body: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: Told[] };
  return { status: response.status, headers: response.headers, text, codes: errors.map(({ extensions }) => extensions.code) };
}

export const bearer = (token: string | undefined): Record<string, string> => ({ authorization: `Bearer ${token}` });

/**
 * From now on the pool counts what is asked. Who asks is looked up before: what is remembered of them grows old, and would be found anew in
 * between.
 */
export async function countedFrom(server: TestServer, pool: WatchedPool, ...seats: readonly TestSeat[]): Promise<void> {
  for (const seat of seats) {
    server.runtime.seats.forget(seat.token!);
    await seat.query('{ viewer { id } }');
  }
  pool.forget();
}
