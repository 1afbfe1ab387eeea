import { type GuichetBuilder, type PayloadFields, types, words } from '../../sdk/index.ts';
import { holdFields, Tag, tagsOf } from '../contacts/index.ts';
import { Employee } from '../directory/index.ts';
import { contactImportNotPaused, contactImportNotUndoable, UNDO_FAULTS } from './contact-import.errors.ts';
import { importContacts } from './contact-import.job.ts';
import { ContactImport, ContactImportMode } from './contact-import.refs.ts';
import { beginImport } from './contact-import.service.ts';
import { findPaused, resumeImport } from './import-resuming.service.ts';
import { undoContacts } from './import-undo.job.ts';
import { beginUndo, findUndoable } from './import-undo.service.ts';
import { contactImport } from './permissions.ts';

const rule = contactImport.manage;
const REASON_LENGTH = 200;
type Started = { readonly import: string; readonly job: string };
const started = (t: PayloadFields<Started>) => ({
  import: t.loaded(ContactImport, 'import', { description: 'The import, under the id that it keeps.', rule }),
  job: t.loaded(types.Job, 'job', { description: 'The work; follow it by `Subscription.job`.', rule }),
});

export function contactImportMutations(builder: GuichetBuilder): void {
  builder.words(words('ContactImportFault', 'Why an import cannot be taken back.', UNDO_FAULTS));
  builder.useCase('startContactImport', {
    description:
      'Takes a table of contacts in, as one job: `contactImportTemplate` is the table to fill in. A contact is found again by its phone. Owner and sharees are named by their real names; where several employees bear one, the import waits for `resumeContactImport`.',
    rule,
    doesOnce: true,
    input: (t) => ({
      uploadId: t.globalId(types.File, {
        description:
          'The table, sent by `createUpload` for `CONTACT_IMPORT`. An import uses it up; after a dry run it waits another day for the import.',
      }),
      mode: t.choice(ContactImportMode, {
        description: 'What becomes of rows whose phone is a contact’s already; `CREATE_ONLY` where it is left out.',
        required: false,
      }),
      atomic: t.flag({
        description: 'Whether nothing is done where one row is rejected; otherwise each is done by itself.',
        required: false,
      }),
      dryRun: t.flag({ description: 'Whether it only tells, row by row, what would be done.', required: false }),
      tagIds: t.globalIds(Tag, {
        description: 'Tags for every contact that is added or edited, unless its row names another of the group.',
        required: false,
        most: 100,
      }),
    }),
    guard: async (use, { tagIds = [] }) => {
      await holdFields(use);
      return tagsOf(use, tagIds, ['input', 'tagIds']);
    },
    run: (use, { uploadId, mode = 'CREATE_ONLY', atomic = false, dryRun = false, tagIds = [] }) =>
      beginImport(use, { uploadId, mode, isAtomic: atomic, isDryRun: dryRun, tagIds }, (importId) =>
        use.startJob(importContacts, { importId }),
      ),
    success: started,
  });
  declareResume(builder);
  builder.useCase('undoContactImport', {
    description:
      'Takes an import back, for 7 days, as one job: contacts that it added go into the bin, those that it edited become what they were. What somebody has edited since, and contacts with whom there has been business or who have been invited to the window, are kept; the rows say which. One that waits for choices is given up by it: nothing was done yet.',
    rule,
    doesOnce: true,
    input: (t) => ({
      importId: t.globalId(ContactImport, { description: 'The import.' }),
      reason: t.text({
        description: 'Why it is taken back; the audit record has it of each contact, as a hash.',
        required: false,
        max: REASON_LENGTH,
      }),
    }),
    refusals: [contactImportNotUndoable],
    guard: (use, { importId }) => findUndoable(use, importId, ['input', 'importId']),
    run: (use, { reason }, found) => beginUndo(use, found, reason, () => use.startJob(undoContacts, { importId: found.id })),
    success: started,
  });
}

function declareResume(builder: GuichetBuilder): void {
  const Choice = builder.inputType('ContactImportChoice', {
    description: 'Who is meant by a name that several employees bear. It names a row, a name or both.',
    fields: (t) => ({
      name: t.text({ description: 'The name, as it stands in the table; left out, whichever name of the row it is.', required: false }),
      row: t.integer({ description: 'The row; left out, all rows in which the name stands.', required: false, min: 1 }),
      employeeId: t.globalId(Employee, { description: 'Who is meant: one of the candidates.' }),
    }),
  });
  builder.useCase('resumeContactImport', {
    description:
      'Goes on with an import that waits, with choices for names that several employees bear. Where some are left, it waits again, with the choices that it has.',
    rule,
    doesOnce: true,
    input: (t) => ({
      importId: t.globalId(ContactImport, { description: 'The import.' }),
      choices: t.listOf(Choice, { description: 'Who is meant.' }),
      rejectOthers: t.flag({
        description: 'Whether rows about which nothing was chosen are rejected, instead of asked about again.',
        required: false,
      }),
    }),
    refusals: [contactImportNotPaused],
    guard: (use, { importId, choices }) => findPaused(use, importId, choices),
    run: (use, { choices, rejectOthers = false }, found) =>
      resumeImport(use, found, { choices, rejectOthers }, () => use.startJob(importContacts, { importId: found.id })),
    success: started,
  });
}
