import { decodeGlobalId } from '../../src/platform/schema/global-id.ts';
import type { RawDatabase } from '../support/raw-database.ts';
import type { Deed } from './write-load.ts';

/** How often a deed is in the database: once, or the promise is broken. */
const FOUND: Readonly<Record<Deed['kind'], string>> = {
  contact: `select phone as mark, count(*)::int as times from contacts where phone = any($1) group by phone`,
  order: `select note as mark, count(*)::int as times from plg_ordering.orders where note = any($1) group by note`,
  approval: `select task.id::text as mark, count(*)::int as times from form_tasks task
    where task.id = any($1::uuid[]) and task.state = 'DECIDED' and task.decision = 'APPROVED' group by task.id`,
};

/** Deeds that were answered and are not there once. */
export async function lostOrDoubled(database: RawDatabase, deeds: readonly Deed[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [kind, all] of Map.groupBy(deeds, ({ kind: of }) => of)) {
    const marks = all.map(({ mark }) => (kind === 'approval' ? decodeGlobalId('FormTask', mark) : mark));
    const rows = await database.rows<{ mark: string; times: number }>(FOUND[kind], [marks]);
    const times = new Map(rows.map(({ mark, times: count }) => [mark, count]));
    for (const mark of marks) if (times.get(mark) !== 1) faults.push(`${kind} ${mark} is there ${times.get(mark) ?? 0} times`);
  }
  return faults;
}

/** What can never be true of a database that nobody writes to at the moment, whatever has been killed before; each finds what breaks it. */
const NEVER: Readonly<Record<string, string>> = {
  'a counter of contacts that is not their number': `select used from contact_quotas quota
    where used <> (select count(*) from contacts own where own.organization_id = quota.organization_id and own.deleted_at is null)`,
  'a contact with a mobile phone and without one live seat': `select own.id from contacts own where own.deleted_at is null and own.phone like '+861%'
    and 1 <> (select count(*) from identity.seats seat where seat.organization_id = own.organization_id and seat.seat_id = own.id and seat.ended_at is null)`,
  'a seat of no contact': `select seat_id from identity.seats seat where kind = 'CONTACT'
    and not exists (select from contacts own where own.organization_id = seat.organization_id and own.id = seat.seat_id)`,
  'a search term of no contact': `select term from contact_search_terms found
    where not exists (select from contacts own where own.organization_id = found.organization_id and own.id = found.contact_id)`,
  'a contact whose history does not begin once': `select own.id from contacts own where own.name like 'Number %'
    and 1 <> (select count(*) from contact_history entry where entry.organization_id = own.organization_id and entry.contact_id = own.id and entry.field = 'phone')`,
  'an order without its form or lines, or a form without its order': `select form.id from business_forms form
    left join plg_ordering.orders part on part.organization_id = form.organization_id and part.form_id = form.id
    where form.kind = 'ORDER' and (part.form_id is null
      or not exists (select from plg_ordering.order_lines line where line.organization_id = form.organization_id and line.form_id = form.id))`,
  'a form that is not submitted once': `select id from business_forms form
    where 1 <> (select count(*) from form_history step where step.organization_id = form.organization_id and step.form_id = form.id and step.kind = 'SUBMITTED')`,
  'a form under review without one open task, or another with one': `select id from business_forms form
    where (form.state = 'IN_REVIEW')::int <> (select count(*) from form_tasks task where task.organization_id = form.organization_id and task.form_id = form.id and task.state = 'OPEN')`,
  'a decision that the history does not tell, or twice': `select id from business_forms form
    where (select count(*) from form_tasks task where task.organization_id = form.organization_id and task.form_id = form.id and task.decision = 'APPROVED')
      <> (select count(*) from form_history step where step.organization_id = form.organization_id and step.form_id = form.id and step.kind = 'APPROVED')`,
  'a move of a form that its followers are not told, or twice': `select id from business_forms form
    where form.version <> (select count(*) from events event where event.organization_id = form.organization_id
      and event.stream = form.organization_id and event.subject_id = form.id and event.topic = 'FORM')`,
  'a stream of events with a gap, or a last place that is not its last': `select known.stream from event_streams known
    join (select organization_id, stream, count(*) as total, max(seq) as last from events where seq is not null group by 1, 2) told
      on told.organization_id = known.organization_id and told.stream = known.stream
    where told.total <> known.last_seq or told.last <> known.last_seq`,
  'a key without what came of it': 'select key from idempotency_keys where outcome is null',
  'a transaction that was begun and left, or a lock that nobody gives back': `select activity.pid, activity.usename, activity.state, left(activity.query, 200) as query,
      extract(epoch from now() - activity.xact_start) as begun, extract(epoch from now() - activity.state_change) as rests from pg_stat_activity activity
    where activity.datname = current_database() and activity.pid <> pg_backend_pid()
      and (activity.state like 'idle in transaction%' or (activity.state = 'idle' and exists (select from pg_locks lock where lock.pid = activity.pid)))`,
};

/** What is wrong with a database that nobody writes to at the moment. */
export async function brokenRules(database: RawDatabase): Promise<string[]> {
  const faults: string[] = [];
  for (const [rule, text] of Object.entries(NEVER)) {
    const found = await database.rows(text);
    if (found.length) faults.push(`${rule}: ${JSON.stringify(found.slice(0, 3))} (${found.length})`);
  }
  return faults;
}
/** Events that have no number yet; a server that runs gives them one. */
export const unnumbered = async (database: RawDatabase): Promise<number> =>
  (await database.rows<{ waiting: number }>('select count(*)::int as waiting from events where seq is null'))[0]!.waiting;
