import { auditRecord, type UseCase } from '../../sdk/index.ts';
import { contactHistory, deleteContact, editContacts, type FieldsNow, holdFields, holdKnownContacts } from '../contacts/index.ts';
import { employees } from '../directory/index.ts';
import { kindsOf } from '../fields/index.ts';
import { organizationOf } from '../organization/index.ts';
import { windowMembers } from '../service-window/index.ts';
import { ContactImport, ContactImportRow } from './contact-import.entity.ts';
import { heldImport } from './contact-import.service.ts';
import { tagsNow } from './import-facts.service.ts';
import { backTo, keptBecause, type UndoneRow } from './import-undo.rules.ts';

const BATCH = 200;

/** Takes some rows of an import back, after one of them. @returns the last of them; undefined where none is left */
export async function takeRowsBack(use: UseCase, importId: string, after: number) {
  const { own } = await holdFields(use);
  const given = await heldImport(use, importId);
  const rows = await rowsAfter(use, importId, after);
  if (rows.length === 0) return undefined;
  const ids = rows.map(({ contactId }) => contactId);
  const known = new Map((await holdKnownContacts(use, { ids })).map((one) => [one.id, one]));
  const edited = await editedSince(use, ids, rows[0]!.doneAt);
  const invited = await invitedAmong(use, ids);
  const kept = rows.map((row) => {
    const now = known.get(row.contactId);
    const hasBusiness = now?.lastInteractionAt != null || invited.has(row.contactId); // a form is business as well
    return { row, now, fault: keptBecause(row, { now, isEdited: (edited.get(row.contactId) ?? row.doneAt) > row.doneAt, hasBusiness }) };
  });
  const back = kept.filter(({ fault }) => !fault);
  await bringBack(
    use,
    back.map(({ row, now }) => ({ row, now: now! })),
    own,
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

async function rowsAfter(use: UseCase, importId: string, after: number): Promise<(UndoneRow & { readonly doneAt: Date })[]> {
  const rows = await use
    .on(ContactImportRow)
    .selectFrom('contact_import_rows')
    .select(['id', 'row', 'contact_id', 'before', 'done_at'])
    .where('import_id', '=', importId)
    .where('state', 'in', ['CREATED', 'UPDATED'])
    .where('row', '>', after)
    .orderBy('row')
    .limit(BATCH)
    .execute();
  return rows.map(({ id, row, contact_id, before, done_at }) => ({ id, row, contactId: contact_id!, before, doneAt: done_at }));
}

/** When somebody last changed each contact, of those that were after a moment: a tag or a field that went is nobody's edit of it. */
async function editedSince(use: UseCase, ids: readonly string[], since: Date): Promise<ReadonlyMap<string, Date>> {
  const rows = await use
    .on(contactHistory)
    .selectFrom('contact_history')
    .select((of) => ['contact_id', of.fn.max('at').as('at')])
    .where((of) => of('contact_id', '=', of.fn.any(of.val([...ids]))))
    .where('at', '>', since)
    .where('of_settings', '=', false)
    .groupBy('contact_id')
    .execute();
  return new Map(rows.map(({ contact_id, at }) => [contact_id, at]));
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

type Back = { readonly row: UndoneRow; readonly now: Parameters<typeof backTo>[0] };
async function bringBack(use: UseCase, back: readonly Back[], own: FieldsNow['own']): Promise<void> {
  for (const { row, now } of back) if (!row.before) await deleteContact(use, now.id);
  const edited = back.filter(({ row }) => row.before);
  if (edited.length === 0) return;
  const people = await peopleNamed(use, edited);
  const tags = await tagsNow(use);
  const { country } = await organizationOf(use);
  const fields = { own, country, kinds: kindsOf(use) };
  await editContacts(
    use,
    edited.map(({ row, now }) => backTo(now, row.before!, { people, tags, fields })),
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
