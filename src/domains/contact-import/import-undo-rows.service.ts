import type { FieldDefinition } from '../../sdk/core.ts';
import { auditRecord, type UseCase } from '../../sdk/index.ts';
import {
  contactHistory,
  deleteContact,
  editContacts,
  forgiveChanges,
  holdFields,
  holdKnownContacts,
  type KnownContact,
} from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { windowMembers } from '../service-window/index.ts';
import { ContactImport, ContactImportRow } from './contact-import.entity.ts';
import { heldImport } from './contact-import.service.ts';
import { tagsNow } from './import-facts.service.ts';
import { backTo, isWhole, keptBecause, shownAfter, type UndoneRow } from './import-undo.rules.ts';

const BATCH = 200;

/** Takes some rows of an import back, after one of them. @returns the last of them; undefined where none is left */
export async function takeRowsBack(use: UseCase, importId: string, after: number) {
  await holdFields(use);
  const given = await heldImport(use, importId);
  const rows = await rowsAfter(use, importId, after);
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ contactId }) => contactId);
  const known = new Map((await holdKnownContacts(use, { ids })).map((one) => [one.id, one]));
  const since = await changedSince(use, rows);
  const invited = await invitedAmong(use, ids);
  const kept = rows.map((row) => {
    const now = known.get(row.contactId);
    const hasBusiness = now?.lastInteractionAt != null || invited.has(row.contactId); // a form is business as well
    return { row, now, fault: keptBecause(row, { now, isEdited: since(row, false).size > 0, hasBusiness }) };
  });
  const back = kept.filter(({ fault }) => !fault);
  const asked = given.fields ?? [];
  await bringBack(
    use,
    back.map(({ row, now }) => ({ row, now: now!, bySettings: since(row, true), asked })),
  );
  for (const { row, fault } of kept)
    use.on(ContactImportRow).change({ id: row.id }, fault ? { state: 'KEPT', reasons: [fault] } : { state: 'UNDONE' });
  const undone = given.undone + back.length;
  use.on(ContactImport).change({ id: importId }, { undone, kept: given.kept + rows.length - back.length });
  use.service(auditRecord).record(
    use,
    back.map(({ row }) => ({
      act: 'undoContactImport',
      module: 'contact-import',
      objects: [
        ['Contact', row.contactId],
        ['ContactImport', importId],
      ],
      ...(given.undo_reason === null ? {} : { given: { reason: given.undo_reason } }),
    })),
  );
  return { last: rows.at(-1)!.row, count: rows.length, total: given.created + given.updated };
}

type DoneRow = UndoneRow & { readonly doneAt: Date };
async function rowsAfter(use: UseCase, importId: string, after: number): Promise<DoneRow[]> {
  const rows = await use
    .on(ContactImportRow)
    .selectFrom('contact_import_rows')
    .select(['id', 'row', 'contact_id', 'before', 'after', 'done_at'])
    .where('import_id', '=', importId)
    .where('state', 'in', ['CREATED', 'UPDATED'])
    .where('row', '>', after)
    .orderBy('row')
    .limit(BATCH)
    .execute();
  return rows.map(({ contact_id, done_at, ...row }) => ({ ...row, contactId: contact_id!, doneAt: done_at }));
}

/** What of each contact has changed since its row was done, as the history names it: by somebody, or by nobody, as where a tag or a field went. */
async function changedSince(use: UseCase, rows: readonly DoneRow[]) {
  const changes = await use
    .on(contactHistory)
    .selectFrom('contact_history')
    .select((of) => ['contact_id', 'field', 'of_settings', of.fn.max('at').as('at')])
    .where((of) => of('contact_id', '=', of.fn.any(of.val(rows.map(({ contactId }) => contactId)))))
    .where('at', '>', rows[0]!.doneAt)
    .groupBy(['contact_id', 'field', 'of_settings'])
    .execute();
  const byContact = Map.groupBy(changes, ({ contact_id }) => contact_id);
  return ({ contactId, doneAt }: DoneRow, bySettings: boolean): ReadonlySet<string> =>
    new Set(
      byContact.get(contactId)?.flatMap(({ field, at, of_settings }) => (at > doneAt && of_settings === bySettings ? [field] : [])) ?? [],
    );
}

/** Those who have been let in at the window. */
async function invitedAmong(use: UseCase, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await use
    .on(windowMembers)
    .selectFrom('window_members')
    .select('contact_id')
    .where((of) => of('contact_id', '=', of.fn.any(of.val([...ids]))))
    .execute();
  return new Set(rows.map(({ contact_id }) => contact_id));
}

interface Back {
  readonly row: DoneRow;
  readonly now: KnownContact;
  readonly bySettings: ReadonlySet<string>;
  readonly asked: readonly FieldDefinition[];
}
async function bringBack(use: UseCase, back: readonly Back[]): Promise<void> {
  for (const { row, now } of back) if (!row.before) await deleteContact(use, now.id);
  const edited = back.filter(({ row }) => row.before);
  if (edited.length === 0) return;
  const { own } = await holdFields(use);
  const [people, tags, { country }] = [await peopleNamed(use, edited), await tagsNow(use), await organizationOf(use)];
  const fields = { own, country, kinds: kindsOf(use) };
  const changes = edited.map(({ row: { before, after, contactId, doneAt }, now, ...since }) => {
    const of = { before: before!, after: after ?? shownAfter(now, before!, since) };
    const change = backTo(now, of, { people, tags, fields });
    return { change, contactId, at: doneAt, isWhole: isWhole(change, of) };
  });
  await editContacts(
    use,
    changes.map(({ change }) => change),
    'UNDOING',
  );
  await forgiveChanges(
    use,
    changes.filter((one) => one.isWhole),
  );
}

/** Those who owned, own or were shared the contacts; those who get one back stay until the end. */
async function peopleNamed(use: UseCase, back: readonly Back[]) {
  const ids = back
    .flatMap(({ row: { before }, now }) => [before!.ownerId, now.ownerId, ...before!.sharedTooIds])
    .filter((id) => id !== null);
  const rows = await use
    .on(employees)
    .selectFrom('employees')
    .select(['id', 'name', 'left_at'])
    .where((of) => of('id', '=', of.fn.any(of.val([...new Set(ids)]))))
    .orderBy('id')
    .forShare()
    .execute();
  return new Map(rows.map(({ id, name, left_at }) => [id, { id, name, isHere: left_at === null }]));
}
