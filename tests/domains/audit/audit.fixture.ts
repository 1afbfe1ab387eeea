import type { TestSeat } from '../../../src/testing/test-seat.ts';

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

/** Whether a value is the one that an entry's field was given. */
export async function isValue(admin: TestSeat, entryId: string, path: string, value: unknown): Promise<boolean> {
  const question = `query ($id: ID!, $value: JSON) { node(id: $id) { ... on AuditEntry { fields { path is(value: $value) } } } }`;
  const { fields } = (await admin.query(question, { id: entryId, value })).node;
  return fields.find((field: { path: string }) => field.path === path).is;
}
