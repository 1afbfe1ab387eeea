import { hashOfValue } from '../../../src/domains/audit/audit-hash.rules.ts';
import { decodeGlobalId } from '../../../src/platform/schema/global-id.ts';
import { serverSecret } from '../../../src/platform/write/server-secret.ts';
import type { TestSeat } from '../../../src/testing/test-seat.ts';
import type { TestServer } from '../../../src/testing/test-server.ts';

export interface Entry {
  readonly id: string;
  readonly at: string;
  readonly act: string;
  readonly module: string;
  readonly actor: { readonly id: string } | null;
  readonly actorId: string;
  readonly sessionId: string | null;
  readonly objectIds: readonly string[];
  readonly fields: readonly { readonly path: string; readonly hash: string }[];
}
export const ENTRIES = `query ($where: AuditEntryFilter, $first: Int, $after: Cursor) { auditEntries(first: $first, after: $after, where: $where) {
  totalCount pageInfo { hasNextPage endCursor }
  nodes { id at act module actor { id } actorId sessionId objectIds fields { path hash } } } }`;

/** Entries that a seat finds, newest first. */
export const entriesFor = async (seat: TestSeat, where?: object): Promise<readonly Entry[]> =>
  (await seat.query(ENTRIES, { where, first: 100 })).auditEntries.nodes;
/** The acts of these. */
export const actsFor = async (seat: TestSeat, where?: object): Promise<string[]> => (await entriesFor(seat, where)).map(({ act }) => act);

/** What was written down while `work` went on, oldest first. */
export async function writtenDown(admin: TestSeat, work: () => Promise<unknown>): Promise<readonly Entry[]> {
  const [last] = await entriesFor(admin);
  await work();
  const now = await entriesFor(admin);
  const known = now.findIndex(({ id }) => id === last?.id);
  return now.slice(0, known < 0 ? now.length : known).reverse();
}

/** Whether a value is the one that an entry's field was given, by the server's secret. */
export function isValue({ runtime }: TestServer, { id, fields }: Entry, path: string, value: unknown): boolean {
  const secret = runtime.switchboard.service(serverSecret);
  return fields.find((field) => field.path === path)!.hash === hashOfValue(secret, decodeGlobalId('AuditEntry', id), path, value);
}
