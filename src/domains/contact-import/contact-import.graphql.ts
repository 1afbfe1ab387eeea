import { jobs, type UnknownColumn } from '../../sdk/core.ts';
import { ADMIN, FILE_READER, type GuichetBuilder, sql, types, valueFrom } from '../../sdk/index.ts';
import { Tag } from '../contacts/index.ts';
import { adminsOf } from '../directory/index.ts';
import {
  ContactImport,
  ContactImportCounts,
  ContactImportMode,
  ContactImportRow,
  ContactImportRowState,
  ContactImportState,
} from './contact-import.refs.ts';
import { declareRows } from './import-row.graphql.ts';
import { contactImport } from './permissions.ts';

const rule = contactImport.manage;

/** Imports of contacts and what came of them, for admins (spec 3.12). */
export function contactImportTypes(builder: GuichetBuilder): void {
  for (const ref of [ContactImportMode, ContactImportState, ContactImportRowState]) builder.words(ref);
  declareImport(builder);
  declareRows(builder);
  builder.queryFields((t) => ({
    contactImport: t.entity(ContactImport, {
      description: 'One import of contacts. Null where your seat cannot see it.',
      rule,
      args: { id: t.arg.globalId(ContactImport, { description: 'Its global id.' }) },
      where: (row, { id }) => sql`${row.id} = ${id('id', ContactImport)}`,
    }),
    contactImports: t.entityPages(ContactImport, {
      description: 'Imports of contacts, newest first.',
      rule,
      listedBy: () => [ADMIN],
    }),
  }));
}

function declareImport(builder: GuichetBuilder): void {
  const Column = builder.objectRef<UnknownColumn>('ContactImportColumn').implement({
    description: 'A column of a table of contacts that nobody knows; it was not read. With rejected rows it is given back.',
    fields: (t) => ({
      letter: t.exposeString('letter', { description: 'Where it stands: `C`.', rule }),
      header: t.exposeString('header', { description: 'What stands above it; empty where nothing does.', rule }),
    }),
  });
  builder.entity(ContactImport, {
    description: 'An import of contacts by a table, and what came of it (spec 3.12).',
    roles: [adminsOf('CONTACTS')],
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      state: t.expression(
        ContactImportState,
        (row) => {
          const ended = valueFrom(row, { job: jobs }, ({ job }) => ({
            value: job.state,
            where: sql`${job.id} = ${row.job_id} and ${job.state} in ('FAILED', 'CANCELLED')`,
          }));
          return sql`case when ${row.state} in ('RUNNING', 'UNDOING') then coalesce(${ended}, ${row.state}) else ${row.state} end`;
        },
        { description: 'How far it is.', rule, nullable: false },
      ),
      mode: t.column('mode', { type: ContactImportMode, description: 'What becomes of rows whose phone is known.', rule }),
      atomic: t.column('is_atomic', { description: 'Whether it is all or nothing.', rule }),
      dryRun: t.column('is_dry_run', { description: 'Whether it only tells what would be done.', rule }),
      tags: t.list(Tag, {
        on: (row, tag) => sql`${row.tag_ids} ? ${tag.id}::text`,
        description: 'Tags that every contact gets that it adds or edits.',
        rule,
        atMost: 100,
      }),
      counts: t.sameRow(ContactImportCounts, { description: 'How many rows came to what.', rule }),
      unknownColumns: t.field({
        type: [Column],
        description: 'Columns that were not read.',
        rule,
        needs: ['unknown_columns'],
        resolve: ({ unknown_columns: unknown }) => [...(unknown as readonly UnknownColumn[])],
      }),
      unreadSheets: t.field({
        type: ['String'],
        description: 'Worksheets that have something in them and were not read: the first one alone is.',
        rule,
        needs: ['unread_sheets'],
        resolve: ({ unread_sheets: unread }) => [...(unread as readonly string[])],
      }),
      rows: t.pages(ContactImportRow, {
        on: (row, target) => sql`${target.import_id} = ${row.id}`,
        description: 'What became of each row, in the order of the table.',
        rule,
        proves: [ADMIN],
        order: { by: 'ROW', direction: 'ASC' },
        args: { state: t.arg.choice(ContactImportRowState, { description: 'Only rows of this state.', required: false }) },
        where: (row, { argument, given }) => (given('state') ? sql`${row.state} = ${argument('state', 'text')}` : sql`true`),
      }),
      rejectedFile: t.one(types.File, {
        on: (row, file) => sql`${file.id} = ${row.rejected_rows_id}`,
        proves: [FILE_READER],
        description: 'A workbook of the rows that were not taken, with the reasons beside each. Mended, it can be sent again as it is.',
        rule,
      }),
      job: t.relation(types.Job, 'job_id', { description: 'The work; follow it by `Subscription.job`.', rule }),
      startedBy: t.relation(types.Employee, 'started_by', { description: 'Who started it.', rule }),
      undoReason: t.column('undo_reason', { description: 'Why it was taken back; null where nobody said why.', rule }),
      createdAt: t.column('created_at', { description: 'When it was started.', rule }),
      finishedAt: t.column('finished_at', { description: 'When it came to its end; null until then.', rule }),
    }),
  });
  builder.entityPart(ContactImportCounts, {
    description: 'How many rows of an import came to what; in a dry run, would come to.',
    fields: (t) => ({
      created: t.column('created', { description: 'Contacts that were added.', rule }),
      updated: t.column('updated', { description: 'Contacts that were edited.', rule }),
      skipped: t.column('skipped', { description: 'Rows whose contact stayed as it is.', rule }),
      rejected: t.column('rejected', { description: 'Rows that were not taken, those about which somebody has to decide included.', rule }),
      undone: t.column('undone', { description: 'Rows that were taken back.', rule }),
      kept: t.column('kept', { description: 'Rows that were not, though the import was.', rule }),
    }),
  });
}
