import type { FieldDefinition } from '../../sdk/core.ts';
import { auditRecord, type JobAct, type UseCase } from '../../sdk/index.ts';
import { addContacts, type ContactChangeTo, editContacts, type KnownContact } from '../contacts/index.ts';
import type { ImportNow } from './contact-import.entity.ts';
import {
  type After,
  type Before,
  ContactImport,
  ContactImportCandidate,
  ContactImportRow,
  type RowState,
} from './contact-import.entity.ts';
import type { ContactRow } from './import.sheet.ts';
import { factsFor } from './import-facts.service.ts';
import { kindsById } from './import-fields.rules.ts';
import { type ImportFacts, type Outcome, planRows } from './import-plan.rules.ts';
import type { ContactTable } from './import-reading.ts';

/** What rows came to, with the contacts that were made of them. */
export type Done = Outcome & { readonly contactId?: string; readonly after?: After };

/**
 * Holds rows against what is so, and writes what comes of them. A phone that somebody else takes at the same moment is a known one the next
 * time round.
 */
export async function takeRows(
  use: UseCase,
  given: ImportNow,
  rows: readonly ContactRow[],
  of: Pick<ContactTable, 'firstRowOf' | 'asked'>,
): Promise<Done[]> {
  const done: Done[] = [];
  for (let left = rows; left.length > 0; ) {
    const facts = await factsFor(use, given, left, of);
    const outcomes = planRows(left, facts);
    const ids = await write(use, outcomes, facts);
    const isLost = ({ create }: Outcome): boolean => create !== undefined && !ids.has(create.phone.e164);
    done.push(...outcomes.filter((one) => !isLost(one)).map((one) => withContact(one, ids, facts.fields.own)));
    left = outcomes.filter(isLost).map(({ row }) => row);
  }
  return done.sort((one, other) => one.row.row - other.row.row);
}

const withContact = (one: Outcome, ids: ReadonlyMap<string, string>, own: readonly FieldDefinition[]): Done => ({
  ...one,
  contactId: one.create ? ids.get(one.create.phone.e164) : one.known?.id,
  ...(one.edit ? { after: afterOf(one.edit, own) } : {}),
});

async function write(use: UseCase, outcomes: readonly Outcome[], { places: { limit } }: ImportFacts): Promise<ReadonlyMap<string, string>> {
  await editContacts(
    use,
    outcomes.flatMap(({ edit }) => edit ?? []),
  );
  return addContacts(
    use,
    outcomes.flatMap(({ create }) => create ?? []),
    { source: 'IMPORT', limit },
  );
}

type Importing = Pick<ImportNow, 'id' | 'is_dry_run' | 'rejects_undecided'>;
/** Writes down what became of rows, and in the audit record what was done to which contact (spec 11.1). */
export function keepOutcomes(use: UseCase, given: Importing, outcomes: readonly Done[]): void {
  const rows = outcomes.map((outcome) => rowOf(use, given, outcome));
  use.on(ContactImportRow).add(rows);
  use
    .on(ContactImportCandidate)
    .add(
      outcomes.flatMap(({ candidates }, i) =>
        distinct(candidates).map(({ name, employeeId }) => ({ id: use.newId(), row_id: rows[i]!.id, name, employee_id: employeeId })),
      ),
    );
  if (!given.is_dry_run)
    use.service(auditRecord).record(
      use,
      outcomes.flatMap((outcome) => actOf(given.id, outcome) ?? []),
    );
}
const distinct = (candidates: Outcome['candidates']) => [
  ...new Map(candidates.map((one) => [`${one.name}\n${one.employeeId}`, one])).values(),
];

const isTaken = (state: RowState): boolean => state === 'CREATED' || state === 'UPDATED' || state === 'SKIPPED';
function rowOf(use: UseCase, given: Importing, { row, state: came, reasons, edit, after, contactId }: Done) {
  const state = came === 'UNDECIDED' && given.rejects_undecided ? 'REJECTED' : came;
  return {
    id: use.newId(),
    import_id: given.id,
    row: row.row,
    state,
    reasons,
    typed: isTaken(state) ? null : row.typed,
    contact_id: contactId ?? null,
    before: edit ? beforeOf(edit) : null,
    after: after ?? null,
    done_at: use.now,
  };
}

const beforeOf = ({ now, sharedToo = [] }: ContactChangeTo): Before => {
  const { name, company, position, address, email, remark, ownerId, tags, fieldValues, furtherPhones }: KnownContact = now;
  return {
    ...{ name, company, position, address, email, remark, ownerId, fieldValues, furtherPhones },
    tagIds: tags.map(({ id }) => id),
    sharedTooIds: sharedToo.map(({ id }) => id),
  };
};

function afterOf({ now, owner, tags, values = now.fieldValues, ...edit }: ContactChangeTo, own: readonly FieldDefinition[]): After {
  const { name, company, position, address, email, remark, furtherPhones } = edit;
  return {
    ...{ name, company, position, address, email, remark, ownerId: owner.id, fieldValues: values, furtherPhones },
    tagIds: tags.map(({ id }) => id),
    kinds: kindsById(own),
  };
}

/** Values stand in the record as hashes alone (spec 11.3). */
function actOf(importId: string, { state, row, contactId }: Done): JobAct | undefined {
  if (!contactId || (state !== 'CREATED' && state !== 'UPDATED')) return undefined;
  const given = Object.fromEntries(Object.entries(row.typed).filter(([, typed]) => typed !== ''));
  return {
    act: 'importContacts',
    module: 'contact-import',
    objects: [
      ['Contact', contactId],
      ['ContactImport', importId],
    ],
    given,
  };
}

/** Adds to the counts of an import, whose job's row is locked. */
export async function countOutcomes(use: UseCase, importId: string, outcomes: readonly Outcome[]): Promise<void> {
  const of = (...states: readonly RowState[]): number => outcomes.filter(({ state }) => states.includes(state)).length;
  await use
    .on(ContactImport)
    .updateTable('contact_imports')
    .set((row) => ({
      created: row('created', '+', of('CREATED')),
      updated: row('updated', '+', of('UPDATED')),
      skipped: row('skipped', '+', of('SKIPPED')),
      rejected: row('rejected', '+', of('REJECTED', 'UNDECIDED')),
    }))
    .where('id', '=', importId)
    .execute();
}
