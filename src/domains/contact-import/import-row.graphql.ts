import { type SheetFault, textIn } from '../../sdk/core.ts';
import { ADMIN, type GuichetBuilder, sql, types, valueFrom } from '../../sdk/index.ts';
import { Department, departmentMembers, employees } from '../directory/index.ts';
import { contactImportCandidates, contactImportRows } from './contact-import.entity.ts';
import { ContactImport, ContactImportCandidate, ContactImportRow, ContactImportRowState } from './contact-import.refs.ts';
import { contactImport } from './permissions.ts';

const rule = contactImport.manage;

/** Rows of an import, why they were not taken, and who may be meant in them. */
export function declareRows(builder: GuichetBuilder): void {
  const Reason = builder.objectRef<SheetFault>('ContactImportReason').implement({
    description: 'Why a row was not taken, or not taken back.',
    fields: (t) => ({
      column: t.string({
        nullable: true,
        description: 'Key of the column that is to blame; null where the whole row is.',
        rule,
        resolve: ({ column }) => column ?? null,
      }),
      code: t.exposeString('code', { description: 'What is wrong, for programs.', rule }),
      message: t.string({
        description: 'What is wrong, for people.',
        rule,
        resolve: ({ message }, _, { language }) => textIn(message, language),
      }),
    }),
  });
  builder.entity(ContactImportRow, {
    description: 'A row of a table of contacts, and what became of it.',
    roles: builder.rolesThrough(ContactImport, contactImportRows, 'import_id'),
    listedFor: rule.roles,
    orders: { ROW: { column: 'row', rule, description: 'In the order of the table.' } },
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      row: t.column('row', { description: 'Its number, as the spreadsheet counts.', rule }),
      state: t.column('state', { type: ContactImportRowState, description: 'What became of it.', rule }),
      reasons: t.field({
        type: [Reason],
        description: 'Why it was not taken, or not taken back.',
        rule,
        needs: ['reasons'],
        resolve: ({ reasons }) => [...(reasons as readonly SheetFault[])],
      }),
      contact: t.relation(types.Contact, 'contact_id', { description: 'The contact that was added, edited or known.', rule }),
      candidates: t.list(ContactImportCandidate, {
        on: (row, candidate) => sql`${candidate.row_id} = ${row.id}`,
        description: 'Who may be meant by names of the row that several employees bear; ten at the most.',
        rule,
        proves: [ADMIN],
        atMost: 10,
        order: { by: 'CREATED_AT', direction: 'ASC' },
      }),
    }),
  });
  declareCandidate(builder);
}

function declareCandidate(builder: GuichetBuilder): void {
  builder.entity(ContactImportCandidate, {
    description: 'An employee who may be meant by a name.',
    roles: builder.rolesThrough(ContactImportRow, contactImportCandidates, 'row_id'),
    listedFor: rule.roles,
    fields: (t) => ({
      id: t.globalId({ description: 'Global id.', rule }),
      name: t.column('name', { description: 'The name, as it stands in the row.', rule }),
      employee: t.relation(types.Employee, 'employee_id', { description: 'Who may be meant.', rule }),
      departments: t.list(Department, {
        through: { member: departmentMembers },
        on: (row, department, { member }) => sql`${member.employee_id} = ${row.employee_id} and ${department.id} = ${member.department_id}`,
        description: 'Where they sit; six at the most.',
        rule,
        atMost: 6,
      }),
      staffNumber: t.expression(
        'String',
        (row) => valueFrom(row, { who: employees }, ({ who }) => ({ value: who.staff_number, where: sql`${who.id} = ${row.employee_id}` })),
        { description: 'Their staff number, to tell them apart; null where they have none.', rule },
      ),
    }),
  });
}
